using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Atrium.Testing;

/// <summary>Somebody at the other end of HTTP. Every request is real.</summary>
public class Caller : IDisposable
{
    private static readonly JsonSerializerOptions Json = Kernel.Http.ApiJson.Options;

    public Caller(TestHouse house, string? cookie)
    {
        House = house;
        // One connection pool per caller, no redirects followed: a test wants to see them.
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(house.Url) };
        Http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (cookie is not null) Http.DefaultRequestHeaders.Add("Cookie", $"{HarnessSignIn.Cookie}={cookie}");
    }

    public TestHouse House { get; }

    public HttpClient Http { get; }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Answer> PutAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

    public Task<Answer> PatchAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>Posts a form as a browser does from one of the house's own pages.</summary>
    public Task<Answer> FormAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), [("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html")]);

    /// <summary>Reads a page as a browser does.</summary>
    public Task<Answer> PageAsync(string path) => SendAsync(HttpMethod.Get, path, null, [("Accept", "text/html")]);

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body, options: Json),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request);
        return await Answer.ReadAsync(response, $"{method} {path}");
    }

    public void Dispose()
    {
        Http.Dispose();
        GC.SuppressFinalize(this);
    }
}

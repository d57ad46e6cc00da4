using System.Globalization;
using System.Net;
using System.Text.Json;
using Xunit;

namespace Atrium.Testing;

/// <summary>What the house answered.</summary>
public sealed record Answer(string Request, HttpStatusCode Status, string Body, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? ETag => Headers.GetValueOrDefault("ETag");

    /// <summary>How many SQL statements it cost.</summary>
    public int Statements => int.Parse(Headers["X-Harness-Statements"], CultureInfo.InvariantCulture);

    public T As<T>() => JsonSerializer.Deserialize<T>(Body, Kernel.Http.ApiJson.Options)!;

    /// <summary>A string member of the body: ids, codes, titles.</summary>
    public string this[string name] => Json.GetProperty(name).ToString();

    /// <summary>Fails the test, showing the body, unless the status is this.</summary>
    public Answer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{Request} answered {(int)Status}, not {(int)status}: {Body}");
        return this;
    }

    /// <summary>Fails the test unless it is a refusal with this status and code.</summary>
    public Answer Refuses(HttpStatusCode status, string code)
    {
        Is(status);
        Assert.Equal(code, this["code"]);
        return this;
    }

    public Answer Ok()
    {
        Assert.True((int)Status is >= 200 and < 300, $"{Request} answered {(int)Status}: {Body}");
        return this;
    }

    internal static async Task<Answer> ReadAsync(HttpResponseMessage response, string request)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new(request, response.StatusCode, System.Text.Encoding.UTF8.GetString(bytes), bytes, headers);
    }
}

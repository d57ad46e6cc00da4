using System.Net;
using System.Text.RegularExpressions;
using Atrium.Testing;

namespace Atrium.Accounts.Tests;

/// <summary>A browser as far as cookies go: keeps what it is given and sends it back.</summary>
public sealed partial class Surfer(TestHouse house) : IDisposable
{
    private readonly Caller _caller = new(house, null);
    private readonly Dictionary<string, string> _cookies = [];

    public string? SetCookie { get; private set; }

    public Task<Answer> SignInAsync(string login, string password, string next = "/", bool stay = false) =>
        FormAsync("/sign-in", [("login", login), ("password", password), ("next", next), .. stay ? [("stay", "true")] : Array.Empty<(string, string)>()]);

    public Task<Answer> PageAsync(string path) => SendAsync(HttpMethod.Get, path, null, ("Accept", "text/html"));

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body, ("Sec-Fetch-Site", "same-origin"));

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, ("Sec-Fetch-Site", "same-origin"));

    public Task<Answer> FormAsync(string path, params (string Name, string Value)[] fields) => SendAsync(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), ("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html"));

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var cookie = string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}"));
        var answer = await _caller.SendAsync(method, path, body, cookie.Length == 0 ? headers : [.. headers, ("Cookie", cookie)]);
        if (!answer.Headers.TryGetValue("Set-Cookie", out var set)) return answer;
        SetCookie = set;
        foreach (Match match in Cookies().Matches(set))
        {
            if (match.Groups["value"].Length == 0) _cookies.Remove(match.Groups["name"].Value);
            else _cookies[match.Groups["name"].Value] = match.Groups["value"].Value;
        }

        return answer;
    }

    public void Dispose() => _caller.Dispose();

    [GeneratedRegex("(?:^|, )(?<name>[A-Za-z_-]+)=(?<value>[^;,]*); ")]
    private static partial Regex Cookies();
}

internal static class AnswerChecks
{
    /// <summary>Fails unless the answer is 303 to <paramref name="path"/>.</summary>
    public static Answer LedTo(this Answer answer, string path)
    {
        answer.Is(HttpStatusCode.SeeOther);
        Assert.Equal(path, answer.Headers["Location"]);
        return answer;
    }
}

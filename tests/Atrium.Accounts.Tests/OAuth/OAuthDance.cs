using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Atrium.Accounts.Tests.OAuth;

/// <summary>An app and its steps through OAuth, as a browser and a program take them.</summary>
internal sealed partial class OAuthDance(CredentialHouse house, string clientId, string? secret)
{
    public const string Redirect = "https://app.example/back";
    public const string AllScopes = "openid profile email offline_access probe:read";

    public string ClientId { get; } = clientId;

    public string? Secret { get; } = secret;

    /// <summary>What proves at the token endpoint who began (RFC 7636).</summary>
    public string Verifier { get; } = RandomKey.New(32);

    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Registers an app in the name of a new member.</summary>
    public static async Task<OAuthDance> RegisterAsync(CredentialHouse house, bool confidential = false, string redirect = Redirect)
    {
        using var owner = await house.PersonAsync("maker");
        var made = await owner.PostAsync("/api/accounts/apps", new { name = "Herbarium", redirect_uris = new[] { redirect }, confidential, website = "https://app.example" });
        made.Is(HttpStatusCode.Created);
        return new(house, made.Json.GetProperty("details").GetProperty("client_id").GetString()!, made.Json.GetProperty("client_secret").GetString());
    }

    public string AuthorizeUrl(string scope = AllScopes, string redirect = Redirect, params (string Name, string Value)[] more)
    {
        var query = HttpUtility.ParseQueryString("");
        query["client_id"] = ClientId;
        query["response_type"] = "code";
        query["redirect_uri"] = redirect;
        query["scope"] = scope;
        query["state"] = "back-to-me";
        query["nonce"] = "only-once";
        query["code_challenge"] = Challenge;
        query["code_challenge_method"] = "S256";
        foreach (var (name, value) in more)
            if (value.Length == 0) query.Remove(name);
            else query[name] = value;
        return "/oauth/authorize?" + query;
    }

    /// <summary>Asks, says yes where that is asked, and answers where the browser is sent then.</summary>
    public static async Task<Uri> AllowAsync(Person person, string url, string decision = "allow")
    {
        var page = await person.PageAsync(url);
        if (page.Status == HttpStatusCode.OK) page = await person.FormAsync("/oauth/authorize", [.. HiddenFields(page.Body), ("decision", decision)]);
        Assert.True(page.Status is HttpStatusCode.Found or HttpStatusCode.SeeOther, $"{page.Request} answered {page.Status}: {page.Body}");
        return new(new Uri(person.House.Url), page.Headers["Location"]);
    }

    /// <summary>The code that comes back after the member said yes.</summary>
    public async Task<string> CodeAsync(Person person, string scope = AllScopes)
    {
        var back = HttpUtility.ParseQueryString((await AllowAsync(person, AuthorizeUrl(scope))).Query);
        Assert.Equal("back-to-me", back["state"]);
        return back["code"]!;
    }

    public async Task<JsonElement> TokensAsync(Person person, string scope = AllScopes) => (await RedeemAsync(await CodeAsync(person, scope))).Is(HttpStatusCode.OK).Json;

    public Task<Answer> RedeemAsync(string code, string? verifier = null, string redirect = Redirect) =>
        TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier ?? Verifier));

    public Task<Answer> RefreshAsync(string token) => TokenAsync(("grant_type", "refresh_token"), ("refresh_token", token));

    public Task<Answer> TokenAsync(params (string Name, string Value)[] fields) => PostAsync("/oauth/token", fields);

    /// <summary>Posts as the app, which names itself and shows its secret.</summary>
    public async Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var program = new Caller(house, null);
        IEnumerable<(string Name, string Value)> all = [.. fields.Where(f => f.Value.Length > 0), ("client_id", ClientId)];
        if (Secret is not null) all = all.Append(("client_secret", Secret));
        return await program.PostAsync(path, new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Name, f.Value))));
    }

    /// <summary>Somebody who calls with a bearer token.</summary>
    public static async Task<Answer> CallAsync(TestHouse house, string token, string path = "/api/probe", HttpMethod? method = null)
    {
        using var program = new Caller(house, null);
        return await program.SendAsync(method ?? HttpMethod.Get, path, null, [("Authorization", "Bearer " + token)]);
    }

    public static IReadOnlyList<(string Name, string Value)> HiddenFields(string html) =>
        [.. Hidden().Matches(html).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))];

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)" ?/?>""")]
    private static partial Regex Hidden();
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Web;
using Atrium.Testing;
using NetVips;

namespace Atrium.Social.Tests.Clients;

/// <summary>Apps for telephones, by what their sources call and demand: each signs in as it does, and makes every call it knows.</summary>
public sealed class AppContractTests(SocialHouse house)
{
    [Theory]
    [InlineData("Tusky", "oauth2redirect://com.keylesspalace.tusky/")]
    [InlineData("Ice Cubes", "icecubesapp://")]
    public async Task Every_call_of_an_app_is_answered_as_it_reads_it(string app, string redirect)
    {
        await using var world = new AppWorld(house);
        var ada = await world.MakeAsync(app);
        using var phone = await SignInAsync(ada, redirect, json: app == "Ice Cubes");
        var (shapes, calls) = app == "Tusky" ? (AppContracts.TuskyShapes, AppContracts.TuskyCalls) : (AppContracts.IceCubesShapes, AppContracts.IceCubesCalls);
        var reader = new AppShapes(shapes);
        List<string> faults = [];
        foreach (var call in AppShapes.Lines(calls))
        {
            var parts = call.Split('|', 3, StringSplitOptions.TrimEntries);
            var (request, shape, name) = parts[2].Split("=>", StringSplitOptions.TrimEntries) is [var kind, var given] ? (parts[0], kind, given) : (parts[0], parts[2], null);
            var answer = await CallAsync(phone, world, request, parts[1]);
            if (int.TryParse(shape, out var refusal))
            {
                if ((int)answer.Status != refusal) faults.Add($"{call}: answered {(int)answer.Status}");
                continue;
            }

            if ((int)answer.Status is < 200 or >= 300 || answer.Headers["Content-Type"] != "application/json; charset=utf-8")
            {
                faults.Add($"{call}: answered {(int)answer.Status} {answer.Body}");
                continue;
            }

            // A list that is empty says nothing of what stands in it.
            if (shape is not [.., '?'] && answer.Json is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0) faults.Add($"{call}: answered an empty list");
            faults.AddRange(reader.Faults(answer.Json, shape.TrimEnd('?')).Select(fault => $"{call}: {fault}"));
            if (name is not null) Keep(world, name, answer.Json);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("""{"id":"1","at":"2026-01-02T03:04:05.678Z","tags":[{"name":"a"}]}""", "")]
    [InlineData("""{"id":1,"at":"2026-01-02T03:04:05Z","tags":[{"name":null}],"more":"c"}""", ".id is no id but 1 · .at is no date but \"2026-01-02T03:04:05Z\" · .tags[0].name is missing · .more is no a|b but \"c\"")]
    [InlineData("""{"at":null,"tags":{}}""", ".id is missing · .at is missing · .tags is no [Tag] but {}")]
    public void What_an_answer_lacks_is_said(string answer, string faults) =>
        Assert.Equal(faults, string.Join(" · ", new AppShapes("Tag = name:text\nThing = id:id at:date tags:[Tag] more?:a|b").Faults(JsonDocument.Parse(answer).RootElement, "Thing")));

    private static void Keep(AppWorld world, string name, JsonElement answer)
    {
        var all = answer.ValueKind == JsonValueKind.Array ? [.. answer.EnumerateArray()] : (List<JsonElement>)[answer];
        for (var i = 0; i < all.Count; i++) world.Names[i == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{i + 1}")] = all[i].GetProperty("id").GetString()!;
    }

    private static Task<Answer> CallAsync(Caller phone, AppWorld world, string request, string sent)
    {
        // A scheduled instant or a key is no longer what it was once something in it is taken for an escape.
        string Named(string text, Func<string, string> spelt) => world.Names.Aggregate(text, (t, n) => t.Replace($"{{{n.Key}}}", spelt(n.Value), StringComparison.Ordinal));
        var (method, path) = (request[..request.IndexOf(' ', StringComparison.Ordinal)], request[(request.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        HttpContent? content = sent switch
        {
            "" => null,
            ['{', ..] => new StringContent(Named(sent, v => v), Encoding.UTF8, "application/json"),
            _ when sent.Contains('@', StringComparison.Ordinal) => Parts(Fields(sent).Select(f => (f.Name, Named(f.Value, v => v)))),
            _ => new FormUrlEncodedContent(Fields(sent).Select(f => KeyValuePair.Create(f.Name, Named(f.Value, v => v)))),
        };
        // With a new post, and with an edit.
        var written = (method, path) is ("POST", "/api/v1/statuses") || (method == "PUT" && path.StartsWith("/api/v1/statuses/", StringComparison.Ordinal));
        (string, string)[] headers = written ? [("Idempotency-Key", Guid.NewGuid().ToString())] : [];
        return phone.SendAsync(new(method), Named(path, Uri.EscapeDataString), content, headers);
    }

    private static IEnumerable<(string Name, string Value)> Fields(string sent) =>
        sent.Split('&').Select(f => f.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? (f[..at], f[(at + 1)..]) : (f, ""));

    private static MultipartFormDataContent Parts(IEnumerable<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            if (name is not ['@', .. var file])
            {
                form.Add(new StringContent(value), name);
                continue;
            }

            using var black = Image.Black(40, 30, bands: 3);
            var picture = new ByteArrayContent(black.JpegsaveBuffer());
            picture.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            // Ice Cubes calls the file as its part.
            form.Add(picture, file, file);
        }

        return form;
    }

    private async Task<Caller> SignInAsync(Person person, string redirect, bool json)
    {
        const string Scopes = "read write follow push";
        using var stranger = house.Stranger();
        var app = (await stranger.PostAsync("/api/v1/apps", new { client_name = "App", redirect_uris = redirect, scopes = Scopes, website = "https://app.example" })).Ok();
        Assert.Equal(redirect, app["redirect_uri"]);
        (string, string)[] asked = [("client_id", app["client_id"]), ("redirect_uri", redirect), ("response_type", "code"), ("scope", Scopes)];
        (await person.PageAsync("/oauth/authorize?" + string.Join('&', asked.Select(a => $"{a.Item1}={Uri.EscapeDataString(a.Item2)}")))).Ok();
        var leads = (await person.FormAsync("/oauth/authorize", [.. asked, ("decision", "allow")])).Is(HttpStatusCode.Found).Headers["Location"];
        Assert.StartsWith(redirect, leads, StringComparison.Ordinal);
        var code = HttpUtility.ParseQueryString(leads[leads.IndexOf('?', StringComparison.Ordinal)..])["code"]!;
        List<KeyValuePair<string, string>> proof =
            [new("client_id", app["client_id"]), new("client_secret", app["client_secret"]), new("redirect_uri", redirect), new("code", code), new("grant_type", "authorization_code"), new("scope", Scopes)];
        using var form = new FormUrlEncodedContent(proof);
        var token = (await stranger.SendAsync(HttpMethod.Post, "/oauth/token", json ? proof.ToDictionary() : form, [])).Ok();
        Assert.Equal(JsonValueKind.Number, token.Json.GetProperty("created_at").ValueKind);
        Assert.Equal(("Bearer", Scopes), (token["token_type"], token["scope"]));
        var phone = house.Stranger();
        phone.Http.DefaultRequestHeaders.Authorization = new("Bearer", token["access_token"]);
        return phone;
    }
}

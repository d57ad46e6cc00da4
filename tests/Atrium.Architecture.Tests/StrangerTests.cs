using System.Net;
using System.Text;
using System.Text.Json;
using Atrium.Kernel.Http;
using Atrium.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Architecture.Tests;

/// <summary>
/// One member fills the house with private things, all of which bear one word. Another, and somebody who is not signed in, then ask every
/// operation, page and file for each of them by its id: no answer holds the word, none does anything, and the things are as they were.
/// </summary>
public class StrangerTests(WholeHouse house)
{
    private const string Word = "zyxomma";
    private const string Circle = "kept_circle";
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    [Fact]
    public async Task What_is_anothers_is_not_there()
    {
        using var owner = await house.PersonAsync("owner");
        var reads = await FurnishAsync(owner);
        Assert.True(_ids.Count > 15, $"Only {_ids.Count} things were made.");
        using var other = await house.PersonAsync("other");
        using var nobody = house.Stranger();
        var faults = new List<string>();
        var asked = 0;
        foreach (var (method, pattern, page) in Routes())
            foreach (var id in _ids)
                foreach (var caller in method == "GET" ? (Caller[])[other, nobody] : [other])
                {
                    asked++;
                    var path = Fill(pattern, id);
                    using var body = method is "GET" or "DELETE" ? null : page ? (HttpContent)new FormUrlEncodedContent([]) : new StringContent("{}", Encoding.UTF8, "application/json");
                    var answer = await caller.SendAsync(new HttpMethod(method), path, body, [("Accept", page ? "text/html" : "application/json"), ("Sec-Fetch-Site", "same-origin")]);
                    var who = caller == other ? "another member" : "nobody";
                    if ((int)answer.Status >= 500) faults.Add($"{method} {path} answered {(int)answer.Status} to {who}");
                    if (answer.Body.Contains(Word, StringComparison.OrdinalIgnoreCase)) faults.Add($"{method} {path} showed it to {who}");
                    if ((int)answer.Status is >= 200 and < 300) faults.Add($"{method} {path} answered {(int)answer.Status} to {who}: {answer.Body[..Math.Min(120, answer.Body.Length)]}");
                    if (method == "GET" && caller == other && answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.SeeOther or HttpStatusCode.Found or HttpStatusCode.UnprocessableEntity)) faults.Add($"{method} {path} answered {(int)answer.Status} to {who}");
                }

        foreach (var (path, before) in reads)
            if ((await owner.GetAsync(path)).Body is var after && after != before) faults.Add($"{path} was changed");
        TestContext.Current.SendDiagnosticMessage($"{_ids.Count} things asked for {asked} times over {Routes().Count()} routes");
        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(40)));
    }

    /// <summary>Makes one of everything that a member can make; answers what can be read of it, to be compared afterwards.</summary>
    private async Task<List<(string Path, string Body)>> FurnishAsync(Person owner)
    {
        var project = await MakeAsync(owner, "/api/tasks/projects", new { title = Word, key = "KEPT" });
        var task = await MakeAsync(owner, $"/api/tasks/projects/{project["id"]}/tasks", new { title = Word, description = Word, labels = new[] { Word }, due = "2030-01-01" });
        await MakeAsync(owner, $"/api/tasks/tasks/{task["id"]}/checklist", new { text = Word });
        await MakeAsync(owner, $"/api/tasks/tasks/{task["id"]}/reminders", new { anchor = "due", offset_seconds = -3600 });
        await MakeAsync(owner, "/api/tasks/filters", new { name = Word, query = "status:open" });
        await MakeAsync(owner, "/api/tasks/feeds", new { name = Word });
        await MakeAsync(owner, "/api/accounts/groups", new { handle = Circle, name = Word, about = Word, visibility = "hidden", join = "invitation" });
        await MakeAsync(owner, "/api/accounts/tokens", new { name = Word, scopes = new[] { "tasks:read" } });
        await MakeAsync(owner, "/api/accounts/app-passwords", new { name = Word });
        await MakeAsync(owner, "/api/accounts/apps", new { name = Word, redirect_uris = new[] { "https://app.example/back" } });
        await MakeAsync(owner, "/api/home/webhooks", new { name = Word, url = "https://example.org/hook", events = new[] { "none.*" } });
        await MakeAsync(owner, "/api/home/export", new { });
        var file = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(Word)), "file", $"{Word}.txt" } };
        Collect((await owner.SendAsync(HttpMethod.Post, $"/api/tasks/tasks/{task["id"]}/attachments", file, [])).Ok().Json);
        var loose = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(Word + " alone")), "file", $"{Word}.txt" } };
        Collect((await owner.SendAsync(HttpMethod.Post, "/api/files", loose, [])).Ok().Json);
        await house.DrainAsync();
        _ids.Remove(owner.Id.ToString());
        return
        [
            .. await Task.WhenAll(((string[])
            [
                $"/api/tasks/projects/{project["id"]}", $"/api/tasks/tasks/{task["id"]}", "/api/tasks/filters", "/api/tasks/feeds", $"/api/accounts/groups/{Circle}", "/api/accounts/tokens",
                "/api/accounts/app-passwords", "/api/accounts/apps", "/api/home/webhooks",
            ]).Select(async path => (path, (await owner.GetAsync(path)).Ok().Body))),
        ];
    }

    private async Task<Answer> MakeAsync(Person owner, string path, object body)
    {
        var made = (await owner.PostAsync(path, body)).Ok();
        Collect(made.Json);
        return made;
    }

    private void Collect(JsonElement made)
    {
        if (made.ValueKind == JsonValueKind.Array)
            foreach (var item in made.EnumerateArray()) Collect(item);
        if (made.ValueKind != JsonValueKind.Object) return;
        foreach (var part in made.EnumerateObject())
        {
            if (part.Name is "id" or "key" or "handle" or "file" && part.Value is { ValueKind: JsonValueKind.String } text && !text.GetString()!.StartsWith("owner", StringComparison.Ordinal)) _ids.Add(text.GetString()!);
            Collect(part.Value);
        }
    }

    /// <summary>Every route with a hole in its pattern: operations, pages, files.</summary>
    private IEnumerable<(string Method, string Pattern, bool Page)> Routes() =>
        from endpoint in house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where endpoint.RoutePattern.Parameters.Count > 0 && endpoint.Metadata.GetMetadata<NeedsScope>()?.Scope.StartsWith("live:", StringComparison.Ordinal) != true
        where !Public.Any(p => pattern.StartsWith(p, StringComparison.Ordinal))
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE"
        select (method, pattern, !pattern.StartsWith("/api/", StringComparison.Ordinal));

    // What is there for everyone: assets, descriptions, and addresses that are keys themselves and answer alike whether they are known.
    private static readonly string[] Public =
    [
        "/openapi/", "/docs/", "/_framework", "/confirm", "/reset-password/", "/setup/", "/mail/", "/oauth/", "/tasks/feeds/", "/tags/", "/ui",
        "/api/v1/tags/", "/api/v1/timelines/tag/", "/api/v1/statuses/{id}/translate", "/api/v1/notifications/{id}/dismiss", "/api/v2/notifications/{key}/dismiss",
    ];

    private static string Fill(string pattern, string id) =>
        string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? part.StartsWith("{principal", StringComparison.Ordinal) ? "member:" + id : part.StartsWith("{thing", StringComparison.Ordinal) ? "task:" + id : Uri.EscapeDataString(id)
            : part.Contains('{') ? part[..part.IndexOf('{')] + Uri.EscapeDataString(id) : part));
}

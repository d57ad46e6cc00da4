using System.Net;
using System.Text;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Architecture.Tests;

/// <summary>Walks every operation of the API's description with callers and input nobody would write by hand.</summary>
public class GeneratedApiTests(WholeHouse house)
{
    private static readonly string[] OddIds = ["0", "1", "-1", "9223372036854775807", "99999999999999999999", "x", "..%2f..", "a'b\"c"];

    private static readonly string[] OddBodies =
    [
        "", "{", "null", "[]", "\"x\"", "{}", "{\"title\":null,\"name\":null}", "{\"id\":{}}", "{\"title\":\"\\u0000\\ud83d\",\"name\":\"\\u0000\"}",
        $"{{\"title\":\"{new string('x', 70_000)}\",\"name\":\"{new string('y', 70_000)}\",\"handle\":\"{new string('z', 70_000)}\"}}",
        "{\"limit\":-1,\"cursor\":\"%%%\",\"due\":{\"kind\":\"date\",\"local\":\"9999-99-99\"},\"ids\":[1,2,3],\"minor\":1e400}",
        new string('[', 5_000),
    ];

    [Fact]
    public async Task Nobody_who_is_not_signed_in_gets_past_an_operation_that_asks_for_it_and_nothing_breaks()
    {
        using var stranger = house.Stranger();
        await WalkAsync(stranger, (operation, answer) =>
        {
            if (!operation.Open) Assert.True(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.UnsupportedMediaType, $"{answer.Request} answered {(int)answer.Status} to a stranger: {answer.Body}");
        });
    }

    [Fact]
    public async Task A_member_with_odd_input_is_answered_with_a_refusal_and_never_a_fault()
    {
        using var member = await house.PersonAsync();
        await WalkAsync(member, (_, answer) =>
        {
            if ((int)answer.Status < 400) return;
            // Mastodon's routes say no in Mastodon's own tongue.
            if (answer.Request.Contains(" /api/v1/", StringComparison.Ordinal) || answer.Request.Contains(" /api/v2/", StringComparison.Ordinal))
                Assert.True(answer.Headers["Content-Type"].StartsWith("application/json", StringComparison.Ordinal) && answer.Json.TryGetProperty("error", out JsonElement _), $"{answer.Request}: {answer.Body}");
            else Assert.True(answer.Headers["Content-Type"].StartsWith("application/problem+json", StringComparison.Ordinal) && answer.Json.TryGetProperty("code", out JsonElement _), $"{answer.Request}: {answer.Body}");
        });
    }

    [Fact]
    public async Task A_token_without_scopes_can_do_nothing()
    {
        using var person = await house.PersonAsync();
        using var token = person.With();
        await WalkAsync(token, (operation, answer) =>
        {
            if (!operation.Open) Assert.True(answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.UnsupportedMediaType, $"{answer.Request} answered {(int)answer.Status} to a token without scopes");
        });
    }

    private async Task WalkAsync(Caller caller, Action<Walk, Answer> look)
    {
        var random = new Random(11);
        var faults = new List<string>();
        foreach (var operation in await OperationsAsync())
        {
            var ids = operation.Path.Contains('{') ? OddIds : [""];
            foreach (var id in ids)
            {
                var path = Fill(operation.Path, id);
                IEnumerable<string?> bodies = [null];
                if (operation.HasBody) bodies = OddBodies.OrderBy(_ => random.Next()).Take(ids.Length == 1 ? OddBodies.Length : 2);
                foreach (var body in bodies)
                {
                    using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
                    var answer = await caller.SendAsync(new HttpMethod(operation.Method), path, content, []);
                    if ((int)answer.Status >= 500 && answer.Status != HttpStatusCode.ServiceUnavailable) faults.Add($"{answer.Request} with {Short(body)} answered {(int)answer.Status}");
                    look(operation, answer);
                }
            }
        }

        Assert.Empty(faults);
    }

    private async Task<List<Walk>> OperationsAsync()
    {
        using var stranger = house.Stranger();
        var found = new List<Walk>();
        foreach (var module in Modules.All)
        {
            var document = (await stranger.GetAsync($"/openapi/{module.Name}.json")).Ok().Json;
            if (!document.TryGetProperty("paths", out var paths)) continue;
            foreach (var path in paths.EnumerateObject())
                foreach (var operation in path.Value.EnumerateObject().Where(o => o.Name is "get" or "post" or "put" or "patch" or "delete"))
                {
                    // A stream does not end by itself.
                    if (operation.Value.GetProperty("operationId").GetString() == "streamTopic") continue;
                    found.Add(new(operation.Name.ToUpperInvariant(), path.Name, operation.Value.TryGetProperty("requestBody", out JsonElement _), !operation.Value.TryGetProperty("security", out JsonElement _)));
                }
        }

        Assert.NotEmpty(found);
        return found;
    }

    private static string Fill(string path, string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] != '{')
            {
                text.Append(path[i]);
                continue;
            }

            text.Append(value);
            i = path.IndexOf('}', i);
        }

        return text.ToString();
    }

    private static string Short(string? body) => body is null ? "no body" : body.Length > 80 ? body[..80] + "…" : body;

    private sealed record Walk(string Method, string Path, bool HasBody, bool Open);
}

using System.Diagnostics;
using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Settings;
using Atrium.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Bench.Social;

/// <summary>Posts of another server, each signed by its author: how many a second are let in, and how many are in the homes of those who follow.</summary>
internal sealed class InboxScenario : IScenario
{
    private const int Actors = 16;
    private const int ASecond = 200;

    public string Name => "social-inbox";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var (house, reader) = (stage.House, (await stage.SocialAsync(ct)).Reader);
        Dictionary<string, RemoteActor> actors = [];
        await using var far = await FarEnd.StartAsync(http => AnswerAsync(http, actors));
        foreach (var number in Enumerable.Range(0, Actors))
        {
            var actor = new RemoteActor(far.Address.GetLeftPart(UriPartial.Authority), $"afar{number}");
            actors[new Uri(actor.Id).AbsolutePath] = actor;
        }

        await FederateAsync(house, "open");
        foreach (var actor in actors.Values) await FollowAsync(house, reader, actor);
        List<RemoteActor> all = [.. actors.Values];
        var count = (int)(stage.Time.TotalSeconds * ASecond);
        await SendAsync(stage, [.. Enumerable.Range(0, 50).Select(i => all[i % Actors].Sign(house.Url + "/inbox", all[i % Actors].Create()))], ct);
        await AppliedAsync(house, ct);

        var before = await AppliedAsync(house, ct);
        var start = Stopwatch.GetTimestamp();
        var ours = await SendAsync(stage, [.. Enumerable.Range(0, count).Select(i => all[i % Actors].Sign(house.Url + "/inbox", all[i % Actors].Create()))], ct, () => start = Stopwatch.GetTimestamp());
        var accepted = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (await AppliedAsync(house, ct) - before != count) throw new InvalidOperationException("An activity was not applied.");
        var applied = count / Stopwatch.GetElapsedTime(start).TotalSeconds;

        var template = (await reader.PostAsync("/api/v1/statuses", new { status = "A template" })).Ok()["id"];
        var floorUrl = $"{stage.Floor.Http.BaseAddress}social/inbox/{template}";
        var floor = await SendAsync(stage, [.. Enumerable.Range(0, count).Select(i => all[i % Actors].Sign(floorUrl, all[i % Actors].Create()))], ct, () => start = Stopwatch.GetTimestamp());
        var raw = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await FederateAsync(house, "off");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Name,-16} ours   {accepted,6:0}/s answered, {applied,6:0}/s applied   answer {Words(ours)}   {count} signed posts of {Actors} people"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-16} floor  {raw,6:0}/s verified and written   answer {Words(floor)}   ratio {applied / raw:0.00} x"));
    }

    private static async Task AnswerAsync(HttpContext http, Dictionary<string, RemoteActor> actors)
    {
        if (HttpMethods.IsPost(http.Request.Method)) http.Response.StatusCode = StatusCodes.Status202Accepted;
        else if (http.Request.Path == "/.well-known/webfinger" || !actors.TryGetValue(http.Request.Path, out var actor)) http.Response.StatusCode = StatusCodes.Status404NotFound;
        else
        {
            http.Response.ContentType = "application/activity+json";
            await http.Response.WriteAsync(actor.Document.ToJsonString());
        }
    }

    private static async Task FollowAsync(BenchHouse house, Person reader, RemoteActor actor)
    {
        var found = (await reader.GetAsync($"/api/v2/search?type=accounts&resolve=true&q={Uri.EscapeDataString(actor.Id)}")).Ok().Json.GetProperty("accounts")[0].GetProperty("id").GetString();
        (await reader.PostAsync($"/api/v1/accounts/{found}/follow")).Ok();
        using var accept = actor.Sign(house.Url + "/inbox", actor.Accept($"{house.Url}/users/{reader.Handle}"));
        using var answer = await reader.Http.SendAsync(accept);
        answer.EnsureSuccessStatusCode();
        await house.SettledAsync();
    }

    // Milliseconds to each answer, sorted.
    private static async Task<List<double>> SendAsync(Stage stage, List<HttpRequestMessage> requests, CancellationToken ct, Action? begins = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan });
        var times = new double[requests.Count];
        begins?.Invoke();
        await Parallel.ForEachAsync(Enumerable.Range(0, requests.Count), new ParallelOptions { MaxDegreeOfParallelism = stage.Connections, CancellationToken = ct }, async (i, token) =>
        {
            var asked = Stopwatch.GetTimestamp();
            using var request = requests[i];
            using var answer = await http.SendAsync(request, token);
            answer.EnsureSuccessStatusCode();
            times[i] = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        });
        return [.. times.Order()];
    }

    // Waits until nothing is on its way any more.
    private static async Task<int> AppliedAsync(BenchHouse house, CancellationToken ct)
    {
        while (await house.CountAsync("SELECT COUNT(*) FROM social_inbox_activity WHERE result = 'arrived'", ct) > 0) await Task.Delay(5, ct);
        return await house.CountAsync("SELECT COUNT(*) FROM social_inbox_activity WHERE result = 'applied'", ct);
    }

    private static Task<bool> FederateAsync(BenchHouse house, string mode) => house.InScopeAsync(async services =>
    {
        await services.GetRequiredService<HouseSettings>().ChangeAsync(
            services.GetRequiredService<KernelDb>(), Actor.System, new Dictionary<string, string> { ["social.federation"] = mode }, CancellationToken.None);
        return true;
    });

    private static string Words(List<double> sorted) =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Count / 2]:0.0} ms  p95 {sorted[sorted.Count * 95 / 100]:0.0} ms");
}

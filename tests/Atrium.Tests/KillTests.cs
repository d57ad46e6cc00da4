using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Kernel;

namespace Atrium.Tests;

/// <summary>The whole house, killed at random moments while members work in it over the API.</summary>
[Collection(Alone.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int Workers = 4;

    private readonly ConcurrentDictionary<string, string> _made = new();
    private readonly ConcurrentDictionary<string, bool> _assigned = new();
    private readonly ConcurrentDictionary<string, bool> _moved = new();
    private readonly ConcurrentQueue<(string Title, string Key)> _cut = new();
    private int _next;
    private string _project = "";
    private string _doing = "";
    private string _ben = "";

    [Fact]
    public async Task Killed_ten_times_the_house_keeps_what_it_promised_and_tells_everyone_once()
    {
        await using var house = await RealHouse.BuildAsync();
        foreach (var (handle, admin) in ((string, string)[])[("ada", "--admin"), ("ben", "")])
            (await house.RunAsync([.. ((string[])["user", "add", handle, "--email", $"{handle}@example.org", "--password", "correct horse battery staple", admin]).Where(a => a.Length > 0)])).Done();
        var ada = (await house.RunAsync("token", "add", "ada", "--scope", "tasks:admin", "profile:read")).Done().Out.Trim();
        var ben = (await house.RunAsync("token", "add", "ben", "--scope", "home:read")).Done().Out.Trim();

        var random = new Random(11);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var life = await house.ServeAsync();
            using var http = life.Caller(ada);
            if (kill == 0) await FurnishAsync(http);
            var before = _made.Count;
            var work = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(http)));
            // The first of a life shows that it works; some die before it does.
            while (kill % 5 != 4 && _made.Count == before && !work.IsCompleted) await Task.Delay(20, TestContext.Current.CancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 600)), TestContext.Current.CancellationToken);
            await life.KillAsync();
            await work;
        }

        // What the dead had begun is theirs for two minutes; the test does not wait for that.
        await ForgetLeasesAsync(house);
        await using var last = await house.ServeAsync();
        using var reader = last.Caller(ada);
        foreach (var (title, key) in _cut)
        {
            using var again = await SendTaskAsync(reader, title, key);
            Assert.True(again.IsSuccessStatusCode || (await again.Content.ReadAsStringAsync()).Contains("answer_lost", StringComparison.Ordinal), $"{title}, sent again: {(int)again.StatusCode}");
        }

        var tasks = await AllAsync(reader, $"/api/tasks/projects/{_project}/tasks?limit=100");
        var told = await ToldAsync(last, ben, tasks);

        output.WriteLine($"{_made.Count} tasks promised, {tasks.Count} there; {_assigned.Count} assignments and {_moved.Count} moves promised; {_cut.Count} cut off and sent again; {told.Count} told, over {Kills} kills");
        Assert.True(_made.Count > 20, $"Only {_made.Count} tasks were promised: the house hardly ran.");
        var byId = tasks.ToDictionary(t => t.GetProperty("id").GetString()!);
        Assert.Equal(tasks.Count, tasks.Select(t => t.GetProperty("title").GetString()).Distinct().Count());
        Assert.All(_cut, cut => Assert.Single(tasks, t => t.GetProperty("title").GetString() == cut.Title));
        Assert.All(_made, made => Assert.Equal(made.Value, byId[made.Key].GetProperty("title").GetString()));
        Assert.All(_assigned.Keys, id => Assert.True(IsBens(byId[id]), $"{id} was promised to be assigned."));
        Assert.All(_moved.Keys, id => Assert.Equal("doing", byId[id].GetProperty("column").GetProperty("category").GetString()));
        Assert.Equal(tasks.Where(IsBens).Select(t => $"task:{t.GetProperty("id").GetString()}").Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    private async Task FurnishAsync(HttpClient ada)
    {
        var people = await ada.GetFromJsonAsync<JsonElement>("/api/accounts/members?text=ben");
        _ben = people.GetProperty("items")[0].GetProperty("id").GetString()!;
        var project = await ReadAsync(await ada.PostAsJsonAsync("/api/tasks/projects", new { title = "Under fire" }));
        _project = project.GetProperty("id").GetString()!;
        _doing = project.GetProperty("columns").EnumerateArray().First(c => c.GetProperty("category").GetString() == "doing").GetProperty("id").GetString()!;
        (await ada.PutAsJsonAsync($"/api/tasks/projects/{_project}/members/member:{_ben}", new { role = "writer" })).EnsureSuccessStatusCode();
    }

    /// <summary>Works until the house is gone; what it answered is a promise.</summary>
    private async Task WorkAsync(HttpClient http)
    {
        try
        {
            while (true)
            {
                var number = Interlocked.Increment(ref _next);
                var title = $"Task {number}";
                var key = RandomKey.New();
                string id;
                try
                {
                    id = (await PostTaskAsync(http, title, key)).GetProperty("id").GetString()!;
                }
                catch (Exception e) when (WasKilled(e))
                {
                    _cut.Enqueue((title, key));
                    throw;
                }

                _made[id] = title;
                // Sent twice, it is one task.
                if (number % 5 == 0) Assert.Equal(id, (await PostTaskAsync(http, title, key)).GetProperty("id").GetString());
                await ReadAsync(await http.PatchAsJsonAsync($"/api/tasks/tasks/{id}", new { assignees = new[] { _ben } }));
                _assigned[id] = true;
                if (number % 2 == 0) continue;
                await ReadAsync(await http.PostAsJsonAsync($"/api/tasks/tasks/{id}/move", new { column = _doing }));
                _moved[id] = true;
            }
        }
        catch (Exception e) when (WasKilled(e))
        {
            // So it goes.
        }
    }

    private static bool WasKilled(Exception e) => e is HttpRequestException { StatusCode: null } or IOException;

    private async Task<JsonElement> PostTaskAsync(HttpClient http, string title, string key) => await ReadAsync(await SendTaskAsync(http, title, key));

    private async Task<HttpResponseMessage> SendTaskAsync(HttpClient http, string title, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/tasks/projects/{_project}/tasks") { Content = JsonContent.Create(new { title }) };
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} answered {(int)answer.StatusCode}: {body}");
            return JsonDocument.Parse(body).RootElement;
        }
    }

    /// <summary>What ben is told of his assignments, once as many have come as there are tasks of his, and the outbox had time for one too many.</summary>
    private static async Task<List<string>> ToldAsync(Life life, string token, List<JsonElement> tasks)
    {
        using var ben = life.Caller(token);
        var wanted = tasks.Count(IsBens);
        var until = TimeProvider.System.GetUtcNow().AddSeconds(40);
        while (true)
        {
            var notices = await AllAsync(ben, "/api/home/inbox?limit=100");
            var assigned = notices.Where(n => n.GetProperty("kind").GetString() == "task.assigned").ToList();
            Assert.All(assigned, n => Assert.Equal(1, n.GetProperty("count").GetInt32()));
            if (assigned.Count >= wanted || TimeProvider.System.GetUtcNow() > until) return [.. assigned.Select(n => n.GetProperty("subject").GetString()!)];
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsBens(JsonElement task) => task.GetProperty("assignees").EnumerateArray().Any(a => a.GetProperty("handle").GetString() == "ben");

    private static async Task<List<JsonElement>> AllAsync(HttpClient http, string list)
    {
        var all = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var slice = await ReadAsync(await http.GetAsync(cursor.Length == 0 ? list : $"{list}&cursor={Uri.EscapeDataString(cursor)}"));
            all.AddRange(slice.GetProperty("items").EnumerateArray());
            cursor = slice.GetProperty("next").GetString();
        }

        return all;
    }

    private static Task ForgetLeasesAsync(RealHouse house) => house.WriteAsync(
    [
        .. house.Released("kernel", "accounts", "home", "tasks"),
        // A key is kept for a day.
        $"UPDATE kernel_idempotent_answer SET created_at = {(house.Postgres is null ? "created_at - 3600000000" : "created_at - interval '1 hour'")} WHERE status IS NULL",
    ]);
}

using System.Net.Http.Json;
using System.Text.Json;

namespace Atrium.Tests;

/// <summary>The whole house, killed while it takes away for good what a suspended member left.</summary>
[Collection(Alone.Name)]
public sealed class PurgeKillTests(ITestOutputHelper output)
{
    private const int Kills = 5;
    private const int Posts = 3000;

    [Fact]
    public async Task A_purge_killed_five_times_ends_with_nothing_left_and_nothing_else_touched()
    {
        await using var house = await RealHouse.BuildAsync();
        foreach (var (handle, admin) in ((string, string)[])[("ada", "--admin"), ("ben", ""), ("cleo", "")])
            (await house.RunAsync([.. ((string[])["user", "add", handle, "--email", $"{handle}@example.org", "--password", "correct horse battery staple", admin]).Where(a => a.Length > 0)])).Done();
        var (ada, ben, cleo) = (await TokenAsync(house, "ada", "home:admin"), await TokenAsync(house, "ben", "read", "write"), await TokenAsync(house, "cleo", "read", "write"));
        string kept, own, gone;
        await using (var life = await house.ServeAsync())
        {
            using var leaving = life.Caller(ben);
            using var staying = life.Caller(cleo);
            gone = await IdAsync(await leaving.GetAsync("/api/v1/accounts/verify_credentials"));
            kept = await PostAsync(staying, "kept", null);
            var first = await PostAsync(leaving, "0", null);
            own = await PostAsync(staying, "an answer", first);
            (await leaving.PostAsync($"/api/v1/statuses/{kept}/favourite", null)).EnsureSuccessStatusCode();
            (await staying.PostAsync($"/api/v1/accounts/{gone}/follow", null)).EnsureSuccessStatusCode();
            await life.KillAsync();
            await house.WriteAsync([await CopiesAsync(house, first)]);
        }

        var longAgo = DateTimeOffset.UtcNow.AddDays(-31);
        var at = house.Postgres is null ? $"{longAgo.ToUnixTimeMilliseconds() * 1000}" : $"to_timestamp({longAgo.ToUnixTimeSeconds()})";
        await house.WriteAsync([$"UPDATE social_account SET standing = 'Suspended', suspended_at = {at} WHERE id = {gone}"]);

        var posts = $"SELECT COUNT(*) FROM social_status WHERE account_id = {gone} AND deleted_at IS NULL";
        List<long> left = [await house.CountAsync(posts)];
        Assert.Equal(Posts, left[0]);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var life = await house.ServeAsync();
            using var admin = life.Caller(ada);
            var work = RunAsync(admin);
            // Killed once some have gone, while others are still there.
            while (!work.IsCompleted && await house.CountAsync(posts) == left[^1]) await Task.Delay(5, TestContext.Current.CancellationToken);
            await life.KillAsync();
            Assert.False(await work, "The house died before it was done.");
            left.Add(await house.CountAsync(posts));
            Assert.InRange(left[^1], 1, left[^2] - 1);
        }

        output.WriteLine($"Left after each kill: {string.Join(", ", left)} of {Posts}");
        await house.WriteAsync(house.Released("kernel", "accounts", "home", "social"));
        await using var last = await house.ServeAsync();
        using var ending = last.Caller(ada);
        Assert.True(await RunAsync(ending), "The last run ended.");
        foreach (var rest in (string[])
            [
                $"social_status WHERE account_id = {gone} AND deleted_at IS NULL", $"social_follow WHERE account_id = {gone} OR target_id = {gone}", $"social_favourite WHERE account_id = {gone}",
                $"social_home_entry WHERE owner_id = {gone} OR via_account_id = {gone}", $"social_account WHERE id = {gone} AND standing <> 'Purged'",
            ])
            Assert.Equal(0, await house.CountAsync("SELECT COUNT(*) FROM " + rest));
        using var reader = last.Caller(cleo);
        var post = await reader.GetFromJsonAsync<JsonElement>($"/api/v1/statuses/{kept}", TestContext.Current.CancellationToken);
        Assert.Equal(0, post.GetProperty("favourites_count").GetInt32());
        (await reader.GetAsync($"/api/v1/statuses/{own}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var self = await reader.GetFromJsonAsync<JsonElement>("/api/v1/accounts/verify_credentials", TestContext.Current.CancellationToken);
        Assert.Equal((0, 2), (self.GetProperty("following_count").GetInt32(), self.GetProperty("statuses_count").GetInt32()));
    }

    // As many more posts as are wanted, each older than the last.
    private static async Task<string> CopiesAsync(RealHouse house, string first)
    {
        var columns = (await house.TextAsync(house.Postgres is null
            ? "SELECT group_concat(name) FROM pragma_table_info('social_status')"
            : "SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_name = 'social_status'")).Split(',');
        var values = columns.Select(c => c switch { "id" or "thread_root" => "s.id - n.i", "uri" => "s.uri || '-' || n.i", _ => $"s.{c}" });
        return $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Posts - 1}) INSERT INTO social_status ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM social_status s CROSS JOIN n WHERE s.id = {first}";
    }

    private static async Task<string> TokenAsync(RealHouse house, string handle, params string[] scopes) => (await house.RunAsync(["token", "add", handle, "--scope", .. scopes])).Done().Out.Trim();

    private static async Task<string> PostAsync(HttpClient http, string text, string? answers) => await IdAsync(await http.PostAsJsonAsync("/api/v1/statuses", new { status = text, in_reply_to_id = answers }));

    private static async Task<string> IdAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        }
    }

    // False where the house died meanwhile.
    private static async Task<bool> RunAsync(HttpClient admin)
    {
        try
        {
            using var answer = await admin.PostAsync("/api/home/admin/recurring/social/PurgeModerated/run", null);
            answer.EnsureSuccessStatusCode();
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException && (e as HttpRequestException)?.StatusCode is null)
        {
            return false;
        }
    }
}

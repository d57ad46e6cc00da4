using System.Net.WebSockets;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>A house whose outbox waits for the test.</summary>
public sealed class WaitingHouse() : TestHouse(new SocialModule())
{
    protected override bool WorkersRun => false;
}

/// <summary>Authors whom very many follow.</summary>
public sealed class FanOutTests(WaitingHouse house) : IClassFixture<WaitingHouse>
{
    private const int Fans = 10_000;
    private static int _crowds;

    [Fact]
    public async Task Ten_thousand_followers_get_a_post_for_which_its_author_does_not_wait()
    {
        var (ada, early, late) = (await house.PersonAsync("ada"), await house.PersonAsync("early"), await house.PersonAsync("late"));
        await early.FollowAsync(ada);
        await FollowAllAsync(ada);
        await late.FollowAsync(ada);
        await ada.TootAsync("warm");
        await house.DrainAsync();
        using var first = await StreamingTests.ListenAsync(early, "?stream=user");
        using var last = await StreamingTests.ListenAsync(late, "?stream=user");

        var answer = (await ada.PostAsync("/api/v1/statuses", new { status = "To all of you" })).Ok();
        Assert.True(answer.Statements <= 10, $"{answer.Statements} statements");
        var id = Id<Status>.Parse(answer["id"]);
        // Those whom the answer waits for: the author and the first five hundred.
        Assert.Equal(HomeFan.Batch + 1, await HomesAsync(id));
        Assert.Contains(answer["id"], (await StreamingTests.HearAsync(first, 1))[0].Payload!, StringComparison.Ordinal);
        await house.DrainAsync();
        Assert.Equal(Fans + 3, await HomesAsync(id));
        Assert.Equal(answer["id"], (await late.IdsAsync("/api/v1/timelines/home"))[0]);
        Assert.Contains(answer["id"], (await StreamingTests.HearAsync(last, 1))[0].Payload!, StringComparison.Ordinal);

        // Nobody was told twice: the next word is of the next post.
        var next = await ada.TootAsync("And again");
        await house.DrainAsync();
        foreach (var socket in (ClientWebSocket[])[first, last])
            Assert.Equal(next, JsonDocument.Parse((await StreamingTests.HearAsync(socket, 1))[0].Payload!).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_post_deleted_while_it_spreads_is_in_no_home()
    {
        var ada = await house.PersonAsync("ada");
        await FollowAllAsync(ada);
        var id = Id<Status>.Parse(await ada.TootAsync("Too soon"));
        (await ada.DeleteAsync($"/api/v1/statuses/{id}")).Ok();
        await house.DrainAsync();
        Assert.Equal(0, await HomesAsync(id));
    }

    private Task<int> HomesAsync(Id<Status> id) => house.InScopeAsync(sp => sp.GetRequiredService<SocialDb>().HomeEntries.CountAsync(h => h.StatusId == id));

    // Members who exist for their homes alone.
    private async Task FollowAllAsync(Person followed)
    {
        var account = Id<Account>.Parse(await followed.AccountIdAsync());
        // Numbers that no clock makes any more, another stretch for each crowd.
        var first = 1_000_000L * Interlocked.Increment(ref _crowds);
        await house.InScopeAsync(async sp =>
        {
            var db = sp.GetRequiredService<SocialDb>();
            await CopyAsync<Account>(db, $"t.id = {account}", new()
            {
                ["id"] = $"{first} + n.n", ["member_id"] = $"{first} + n.n", ["username"] = $"'fan{first}x' || n.n", ["username_folded"] = $"'fan{first}x' || n.n", ["uri"] = $"'/users/fan{first}x' || n.n", ["url"] = "'/@fan' || n.n",
            });
            await CopyAsync<AccountStats>(db, $"t.account_id = {account}", new() { ["account_id"] = $"{first} + n.n" });
            var template = new Follow { AccountId = account, TargetId = account, State = FollowState.Accepted, CreatedAt = db.Now, Uri = "/template" + first };
            db.Follows.Add(template);
            await db.SaveChangesAsync();
            await CopyAsync<Follow>(db, $"t.id = {template.Id}", new() { ["id"] = $"{template.Id} + n.n", ["account_id"] = $"{first} + n.n", ["uri"] = $"'/fan{first}x' || n.n" });
            await db.Follows.Where(f => f.Id == template.Id).ExecuteDeleteAsync();
            await db.AccountStats.Where(s => s.AccountId == account).ExecuteUpdateAsync(set => set.SetProperty(s => s.Followers, s => s.Followers + Fans));
            return true;
        });
    }

    private static async Task CopyAsync<T>(SocialDb db, string which, Dictionary<string, string> changed)
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        List<string> columns = [.. type.GetProperties().Select(p => p.GetColumnName(table)!)];
        var sql = $"""
            INSERT INTO {table.Name} ({string.Join(", ", columns)})
            WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {Fans})
            SELECT {string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c, "t." + c)))} FROM n, {table.Name} t WHERE {which}
            """;
        Assert.Equal(Fans, await db.Database.ExecuteSqlRawAsync(sql));
    }
}

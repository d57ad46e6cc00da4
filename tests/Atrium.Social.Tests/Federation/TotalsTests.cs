using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>How a poll stands, as other houses are told.</summary>
public sealed class TotalsTests : IAsyncLifetime
{
    private readonly MovedClock _time = new();
    private readonly PatientHouse _north;
    private readonly PatientHouse _south;

    public TotalsTests() => (_north, _south) = (new(_time), new(_time));

    public async ValueTask InitializeAsync()
    {
        await _north.InitializeAsync();
        await _south.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _north.DisposeAsync();
        await _south.DisposeAsync();
    }

    [Fact]
    public async Task Who_voted_elsewhere_is_told_of_all_votes_once_in_three_minutes_and_at_the_end()
    {
        var (ada, dora, eli, ben) = (await _north.PersonAsync("ada"), await _north.PersonAsync("dora"), await _north.PersonAsync("eli"), await _south.PersonAsync("ben"));
        var (id, poll) = await AskAsync(ada, hidden: false);
        var there = await ben.FindAsync(ada, id);
        await VoteAsync(ben, await PollAsync(ben, there), 1);
        await SettleAsync();
        await VoteAsync(dora, poll, 0);
        await VoteAsync(eli, poll, 0);
        await SettleAsync();
        Assert.Equal((1, 0, 1), await TotalsAsync(ben, there));
        Assert.Equal(0, await SentAsync());

        _time.Advance(SendTotals.Gathered);
        await SettleAsync();
        Assert.Equal((3, 2, 1), await TotalsAsync(ben, there));
        Assert.Equal(1, await SentAsync());
        Assert.Single((await ben.GetAsync($"/api/v1/statuses/{there}/history")).Ok().Json.EnumerateArray());

        // Whoever votes after that waits for the next word, or for the end.
        var fay = await _north.PersonAsync("fay");
        await VoteAsync(fay, poll, 1);
        await SettleAsync();
        Assert.Equal((3, 2, 1), await TotalsAsync(ben, there));
        _time.Advance(TimeSpan.FromMinutes(10));
        await SettleAsync();
        Assert.Equal((4, 2, 2), await TotalsAsync(ben, there));
        Assert.Equal(["poll"], (await ben.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray().Select(n => n.GetProperty("type").GetString()!));
    }

    [Fact]
    public async Task Hidden_totals_go_out_at_the_end_alone()
    {
        var (ada, dora, ben) = (await _north.PersonAsync("ada"), await _north.PersonAsync("dora"), await _south.PersonAsync("ben"));
        var (id, poll) = await AskAsync(ada, hidden: true);
        var there = await ben.FindAsync(ada, id);
        await VoteAsync(ben, await PollAsync(ben, there), 1);
        await SettleAsync();
        await VoteAsync(dora, poll, 0);
        _time.Advance(SendTotals.Gathered);
        await SettleAsync();
        Assert.Equal(0, await SentAsync());
        _time.Advance(TimeSpan.FromMinutes(10));
        await SettleAsync();
        Assert.Equal((2, 1, 1), await TotalsAsync(ben, there));
    }

    private Task SettleAsync() => Peers.SettleAsync(_north, _south);

    private static async Task<(string Id, string Poll)> AskAsync(Person author, bool hidden)
    {
        var asked = (await author.PostAsync("/api/v1/statuses", new { status = "Tea?", poll = new { options = (string[])["yes", "no"], expires_in = 600, hide_totals = hidden } })).Ok();
        return (asked["id"], asked.Json.GetProperty("poll").GetProperty("id").GetString()!);
    }

    private static async Task<string> PollAsync(Caller reader, string status) => (await reader.GetAsync($"/api/v1/statuses/{status}")).Ok().Json.GetProperty("poll").GetProperty("id").GetString()!;

    private static async Task VoteAsync(Caller voter, string poll, int choice) => (await voter.PostAsync($"/api/v1/polls/{poll}/votes", new { choices = (int[])[choice] })).Ok();

    private static async Task<(int Voters, int First, int Second)> TotalsAsync(Caller reader, string status)
    {
        var poll = (await reader.GetAsync($"/api/v1/statuses/{status}")).Ok().Json.GetProperty("poll");
        return (poll.GetProperty("voters_count").GetInt32(), poll.GetProperty("options")[0].GetProperty("votes_count").GetInt32(), poll.GetProperty("options")[1].GetProperty("votes_count").GetInt32());
    }

    private Task<int> SentAsync() => _north.InScopeAsync(sp => sp.GetRequiredService<SocialDb>().Deliveries.CountAsync(d => d.ActivityId.Contains("#updates/totals/")));
}

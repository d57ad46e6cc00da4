using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>A house whose clock the test sets forward, and where nothing happens behind the scenes until the test says so.</summary>
public sealed class HourHouse() : TestHouse(new SocialModule())
{
    private readonly AheadClock _clock = new();

    protected override TimeProvider Clock => _clock;

    protected override bool WorkersRun => false;

    public DateTimeOffset Now => _clock.GetUtcNow();

    public void Pass(TimeSpan time) => _clock.Ahead += time;

    private sealed class AheadClock : TimeProvider
    {
        private long _ticks;

        public TimeSpan Ahead { get => new(Interlocked.Read(ref _ticks)); set => Interlocked.Exchange(ref _ticks, value.Ticks); }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}

/// <summary>What happens when its hour has come.</summary>
public sealed class HourTests(HourHouse house) : IClassFixture<HourHouse>
{
    [Fact]
    public async Task Posts_that_are_due_while_the_house_is_stopped_again_and_again_go_out_once()
    {
        const int Posts = 20;
        var ada = await house.PersonAsync("ada");
        var me = Id<Account>.Parse(await ada.AccountIdAsync());
        // Six minutes ahead, as an app asks; all on one day.
        if ((house.Now + TimeSpan.FromMinutes(10)).UtcDateTime.Date != house.Now.UtcDateTime.Date) house.Pass(TimeSpan.FromMinutes(15));
        for (var i = 0; i < Posts; i++) (await ada.PostAsync("/api/v1/statuses", new { status = $"scheduled {i}", scheduled_at = house.Now.AddMinutes(6) })).Ok();
        Assert.Equal(Posts, (await ada.IdsAsync("/api/v1/scheduled_statuses?limit=40")).Count);
        await house.DrainAsync();
        Assert.Empty(await TextsAsync());
        house.Pass(TimeSpan.FromMinutes(7));
        var dispatcher = house.Services.GetRequiredService<OutboxDispatcher>();
        for (var i = 0; i < 6; i++)
        {
            using var dying = new CancellationTokenSource(TimeSpan.FromMilliseconds(10 + (i * 30)));
            try
            {
                await dispatcher.DrainAsync(dying.Token);
            }
            catch (OperationCanceledException)
            {
                // Stopped in the middle: what was not finished is taken up when the lease is over.
            }

            house.Pass(TimeSpan.FromMinutes(3));
        }

        await house.DrainAsync();
        var texts = await TextsAsync();
        Assert.Equal((Posts, Posts), (texts.Count, texts.Distinct().Count()));
        Assert.Empty(await ada.IdsAsync("/api/v1/scheduled_statuses"));

        Task<List<string>> TextsAsync() => house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Statuses.Where(p => p.AccountId == me).Select(p => p.Source).ToListAsync());
    }

    [Fact]
    public async Task A_post_whose_hour_was_lost_is_given_back_to_its_author_after_a_day()
    {
        var ada = await house.PersonAsync("ada");
        var id = Id<ScheduledStatus>.Parse((await ada.PostAsync("/api/v1/statuses", new { status = "Lost", scheduled_at = house.Now.AddMinutes(6) })).Ok()["id"]);
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Outbox.ExecuteDeleteAsync());
        house.Pass(TimeSpan.FromHours(23));
        await house.RunRecurringAsync(nameof(MissSchedules));
        Assert.Equal([id.ToString()], await ada.IdsAsync("/api/v1/scheduled_statuses"));
        house.Pass(TimeSpan.FromHours(2));
        for (var i = 0; i < 2; i++) await house.RunRecurringAsync(nameof(MissSchedules));
        await house.DrainAsync();
        Assert.Empty(await ada.IdsAsync("/api/v1/scheduled_statuses"));
        Assert.Contains("Your scheduled post could not go out", Assert.Single((await ada.GetAsync("/api/home/inbox")).Ok().Json.GetProperty("items").EnumerateArray()).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Lost", (await ada.PageAsync("/social/drafts")).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poll_hides_its_totals_until_it_ends_and_then_each_who_took_part_is_told_once()
    {
        var (ada, ben, cleo, dora) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"), await house.PersonAsync("dora"));
        await dora.AccountIdAsync();
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "Which?", poll = new { options = (string[])["this", "that"], expires_in = 600, hide_totals = true } })).Ok();
        var poll = post.Json.GetProperty("poll").GetProperty("id").GetString();
        foreach (var (person, choice) in ((Person, int)[])[(ben, 0), (cleo, 1)]) (await person.PostAsync($"/api/v1/polls/{poll}/votes", new { choices = (int[])[choice] })).Ok();
        (await ben.PostAsync($"/api/v1/polls/{poll}/votes", new { choices = (int[])[1] })).Is(HttpStatusCode.UnprocessableEntity);
        foreach (var reader in (Caller[])[ada, ben, dora, house.Stranger()])
            foreach (var seen in (JsonElement[])[(await reader.GetAsync($"/api/v1/polls/{poll}")).Ok().Json, (await reader.GetAsync($"/api/v1/statuses/{post["id"]}")).Ok().Json.GetProperty("poll")])
                Assert.Equal([null, null], Counts(seen));
        await house.DrainAsync();
        foreach (var person in (Person[])[ada, ben, cleo, dora]) Assert.Empty(await ToldAsync(person));

        house.Pass(TimeSpan.FromMinutes(11));
        await house.DrainAsync();
        await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            await db.WriteAsync(_ => { for (var i = 0; i < 3; i++) db.Publish(new PollEnds(Id<Poll>.Parse(poll!))); return Task.CompletedTask; }, CancellationToken.None);
            return true;
        });
        await house.DrainAsync();
        var over = (await dora.GetAsync($"/api/v1/polls/{poll}")).Ok().Json;
        Assert.True(over.GetProperty("expired").GetBoolean());
        Assert.Equal([1, 1], Counts(over));
        foreach (var person in (Person[])[ada, ben, cleo]) Assert.Equal(post["id"], Assert.Single(await ToldAsync(person)).GetProperty("status").GetProperty("id").GetString());
        Assert.Empty(await ToldAsync(dora));
        (await dora.PostAsync($"/api/v1/polls/{poll}/votes", new { choices = (int[])[1] })).Is(HttpStatusCode.UnprocessableEntity);

        static IEnumerable<int?> Counts(JsonElement poll) => poll.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("votes_count") is { ValueKind: JsonValueKind.Number } n ? n.GetInt32() : (int?)null);
        static async Task<IReadOnlyList<JsonElement>> ToldAsync(Person who) => [.. (await who.GetAsync("/api/v1/notifications?types[]=poll")).Ok().Json.EnumerateArray()];
    }

    [Fact]
    public async Task A_film_answers_206_while_it_is_made_ready()
    {
        var ada = await house.PersonAsync("ada");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(SampleMedia.Mp4("Ada")), "file", "film.mp4" } };
        var sent = (await ada.SendAsync(HttpMethod.Post, "/api/v2/media", form, [])).Is(HttpStatusCode.Accepted);
        for (var i = 0; i < 2; i++)
        {
            var waits = (await ada.GetAsync($"/api/v1/media/{sent["id"]}")).Is(HttpStatusCode.PartialContent);
            Assert.Equal((sent["id"], "video", JsonValueKind.Null), (waits["id"], waits["type"], waits.Json.GetProperty("url").ValueKind));
        }

        (await ada.PutAsync($"/api/v1/media/{sent["id"]}", new { description = "A cat" })).Is(HttpStatusCode.PartialContent);
        (await ada.PostAsync("/api/v1/statuses", new { status = "too early", media_ids = (string[])[sent["id"]] })).Is(HttpStatusCode.UnprocessableEntity);
        (await (await house.PersonAsync("ben")).GetAsync($"/api/v1/media/{sent["id"]}")).Is(HttpStatusCode.NotFound);
        await house.DrainAsync();
        var ready = (await ada.GetAsync($"/api/v1/media/{sent["id"]}")).Is(HttpStatusCode.OK);
        Assert.Equal("A cat", ready["description"]);
        Assert.StartsWith(house.Url, ready["url"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_five_hundred_who_watch_somebody_are_all_told_once_of_a_post()
    {
        const int Watchers = TellWatchers.Batch + 60;
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var me = Id<Account>.Parse(await ada.AccountIdAsync());
        await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            await db.WriteAsync(
                _ =>
                {
                    for (var i = 0; i < Watchers; i++)
                    {
                        var name = $"{ada.Handle}watcher{i}";
                        var account = new Account { MemberId = Id<Member>.New(), Username = name, UsernameFolded = name, Uri = $"/users/{name}", Url = $"/@{name}", CreatedAt = db.Now };
                        db.Accounts.Add(account);
                        db.Follows.Add(new() { AccountId = account.Id, TargetId = me, CreatedAt = db.Now, State = FollowState.Accepted, Notify = true, Uri = $"/follows/{name}" });
                    }

                    return Task.CompletedTask;
                },
                CancellationToken.None);
            return true;
        });
        foreach (var person in (Person[])[ben, cleo]) (await person.PostAsync($"/api/v1/accounts/{me}/follow", new { notify = true })).Ok();
        var id = Id<Status>.Parse(await ada.TootAsync($"To all of you, and @{cleo.Handle}"));
        Assert.Equal(TellWatchers.Batch, await ToldAsync(id));
        await house.DrainAsync();
        await house.DrainAsync();
        // Whoever is named is told of that instead.
        Assert.Equal(Watchers + 1, await ToldAsync(id));
        Assert.Equal("status", Assert.Single((await ben.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray()).GetProperty("type").GetString());
        Assert.Equal("mention", Assert.Single((await cleo.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray()).GetProperty("type").GetString());

        // What is said in a group is not told, nor pushed, to who is not in it.
        var group = await VisibilityTests.GroupAsync(ada, ben);
        var inner = Id<Status>.Parse(await ada.TootAsync("Among us", audience: $"group:{group}"));
        await house.DrainAsync();
        Assert.Equal(1, await ToldAsync(inner));

        Task<int> ToldAsync(Id<Status> post) => house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Notices.CountAsync(n => n.StatusId == post && n.Type == NoticeType.Status));
    }
}

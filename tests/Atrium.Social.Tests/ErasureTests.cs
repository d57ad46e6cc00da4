using System.Globalization;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Of a member who leaves nothing is left but what others need.</summary>
public sealed class ErasureTests(SocialHouse house)
{
    // The name that nobody else gets, the gaps in threads that answers stand under, and what other servers are still to be told.
    private static readonly HashSet<string> Kept =
        ["Account.Id", "Account.MemberId", "AccountStats.AccountId", "Status.AccountId", "Status.InReplyToAccount", "OutgoingDelivery.AccountId", "ReachedInbox.AccountId"];

    [Fact]
    public async Task No_table_names_a_member_who_left()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var (me, other) = (Id<Account>.Parse(await ada.AccountIdAsync()), Id<Account>.Parse(await ben.AccountIdAsync()));
        var poll = (await ben.PostAsync("/api/v1/statuses", new { status = "Tea?", poll = new { options = (string[])["yes", "no"], expires_in = 3600 } })).Ok();
        (await ada.PostAsync($"/api/v1/polls/{poll.Json.GetProperty("poll").GetProperty("id").GetString()}/votes", new { choices = (int[])[0] })).Ok();
        var post = await ada.TootAsync("Mine #gone");
        (await ben.PostAsync("/api/v1/statuses", new { status = "See", quoted_status_id = post })).Ok();
        await ada.TootAsync("Yours", inReplyTo: poll["id"]);
        (await ada.PostAsync($"/api/v1/statuses/{poll["id"]}/favourite")).Ok();
        await MediaTests.UploadAsync(ada, "a square");
        await FillAsync(me, other, Id<Status>.Parse(poll["id"]));
        await house.SettledAsync();
        var before = await NamedAsync(me, ada.Id);
        // Whoever adds a table has to say what becomes of it: without a row this test would know nothing of it.
        Assert.Empty(before.Where(b => b.Value == 0 && !Kept.Contains(b.Key)).Select(b => b.Key));

        await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<SocialDb>();
            await db.WriteAsync(
                _ =>
                {
                    db.Publish(new MemberErased(ada.Id, ada.Handle));
                    return Task.CompletedTask;
                },
                CancellationToken.None);
            return true;
        });
        await house.SettledAsync();
        Assert.Empty((await NamedAsync(me, ada.Id)).Where(b => b.Value > 0 && !Kept.Contains(b.Key)).Select(b => $"{b.Key}: {b.Value}"));
        // What they chose counts still, and what others said is there.
        var after = (await ben.GetAsync($"/api/v1/statuses/{poll["id"]}")).Ok().Json;
        Assert.Equal((1, 1, 0), (after.GetProperty("poll").GetProperty("votes_count").GetInt32(), after.GetProperty("poll").GetProperty("options")[0].GetProperty("votes_count").GetInt32(), after.GetProperty("favourites_count").GetInt32()));
    }

    [Fact]
    public async Task Pictures_of_a_draft_and_of_an_hour_that_are_no_more_go_and_those_of_others_stay()
    {
        var ada = await house.PersonAsync("ada");
        List<Answer> media = [];
        for (var i = 0; i < 4; i++) media.Add(await MediaTests.UploadAsync(ada, $"{i}"));
        var (gone, _) = (await DraftAsync("begun", media[0]), await DraftAsync("kept", media[1]));
        (await ada.PostAsync("/api/v1/statuses", new { status = "later", media_ids = (string[])[media[2]["id"]], scheduled_at = DateTimeOffset.UtcNow.AddHours(2) })).Ok();
        var lost = (await ada.PostAsync("/api/v1/statuses", new { status = "never", media_ids = (string[])[media[3]["id"]], scheduled_at = DateTimeOffset.UtcNow.AddHours(3) })).Ok()["id"];
        List<Id<Media>> ids = [.. media.Select(m => Id<Media>.Parse(m["id"]))];
        var (never, old) = (Id<ScheduledStatus>.Parse(lost), DateTimeOffset.UtcNow.AddDays(-2));
        await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<SocialDb>();
            // As if whoever took them away had not thought of what they held.
            await db.Drafts.Where(d => d.Id == gone).ExecuteDeleteAsync();
            await db.Scheduled.Where(s => s.Id == never).ExecuteDeleteAsync();
            return await db.Media.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.CreatedAt, old));
        });
        await house.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SweepMedia>().LooseAsync(CancellationToken.None);
            return true;
        });
        Assert.Equal([ids[1], ids[2]], await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Media.Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).Select(m => m.Id).ToListAsync()));

        Task<Id<Draft>> DraftAsync(string text, Answer picture) => house.InScopeAsync(
            async s => (await s.GetRequiredService<DraftDesk>().AddAsync(new() { Text = text, Media = [Id<Media>.Parse(picture["id"])] }, await s.GetRequiredService<Viewers>().OfAsync(ada.Actor, CancellationToken.None), CancellationToken.None)).Id, ada.Actor);
    }

    private Task<bool> FillAsync(Id<Account> me, Id<Account> other, Id<Status> post) => house.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<SocialDb>();
        await db.WriteAsync(
            _ =>
            {
                var (tag, list, filter) = (new Hashtag { Name = $"t{me}", Display = $"t{me}" }, new PeopleList { AccountId = me, Title = "List" }, new PostFilter { AccountId = me, Title = "Filter" });
                foreach (var (from, to) in ((Id<Account>, Id<Account>)[])[(me, other), (other, me)])
                {
                    db.Follows.Add(new() { AccountId = from, TargetId = to, State = FollowState.Accepted, CreatedAt = db.Now });
                    db.Blocks.Add(new() { AccountId = from, TargetId = to });
                    db.Mutes.Add(new() { AccountId = from, TargetId = to });
                    db.AccountNotes.Add(new() { AccountId = from, TargetId = to, Text = "Note" });
                    db.Endorsements.Add(new() { AccountId = from, TargetId = to });
                    db.DismissedSuggestions.Add(new() { AccountId = from, TargetId = to });
                    db.NoticeRequests.Add(new() { AccountId = from, FromId = to, CreatedAt = db.Now, UpdatedAt = db.Now });
                    db.Reports.Add(new() { AccountId = from, TargetId = to, Category = "spam", Comment = "", CreatedAt = db.Now });
                }

                db.HomeEntries.Add(new() { OwnerId = other, ViaAccountId = me, StatusId = new(me.Value + 1), OriginalId = new(me.Value + 1) });
                db.AddRange(tag, list, filter);
                db.FilterKeywords.Add(new() { FilterId = filter.Id, Keyword = "word" });
                db.FilterStatuses.Add(new() { FilterId = filter.Id, StatusId = post });
                db.ListMembers.Add(new() { ListId = new(1), AccountId = me });
                db.TagFollows.Add(new() { AccountId = me, TagId = tag.Id });
                db.FeaturedTags.Add(new() { AccountId = me, TagId = tag.Id });
                db.Bookmarks.Add(new() { AccountId = me, StatusId = post });
                db.Pins.Add(new() { AccountId = me, StatusId = post });
                db.ThreadMutes.Add(new() { AccountId = me, ConversationId = new(post.Value) });
                db.Mentions.Add(new() { AccountId = me, StatusId = post });
                db.IdempotentPosts.Add(new() { AccountId = me, Key = "key", StatusId = post, CreatedAt = db.Now });
                db.UserDomainBlocks.Add(new() { AccountId = me, Domain = "elsewhere.example" });
                db.AnnouncementReactions.Add(new() { AnnouncementId = new(1), AccountId = me, Name = "👍" });
                db.AnnouncementReads.Add(new() { AnnouncementId = new(1), AccountId = me });
                db.Markers.Add(new() { AccountId = me, Timeline = "home" });
                db.Conversations.Add(new() { AccountId = me, ConversationId = new(post.Value) });
                db.Drafts.Add(new() { AccountId = me, Params = "{}", UpdatedAt = db.Now });
                db.Scheduled.Add(new() { AccountId = me, Params = "{}", RunAt = db.Now.AddDays(1) });
                db.NoticePolicies.Add(new() { AccountId = me });
                db.Notices.Add(new() { Id = Id<Notice>.New(), AccountId = me, FromId = other, Type = NoticeType.Status, Activity = "one", GroupKey = "ungrouped", CreatedAt = db.Now, StatusId = post });
                db.ClientPushes.Add(new() { AccountId = me, TokenHash = me.ToString(), ProtectedToken = "", Endpoint = "https://push.example", P256dh = "", Auth = "", Policy = "all", Locale = "en" });
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return true;
    });

    private Task<Dictionary<string, int>> NamedAsync(Id<Account> account, Id<Member> member) => house.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<SocialDb>();
        Dictionary<string, int> rows = [];
        foreach (var (type, property) in db.Model.GetEntityTypes().Where(t => t.ClrType.Assembly == typeof(SocialDb).Assembly).SelectMany(t => t.GetProperties().Select(p => (t, p))))
        {
            var kind = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (kind != typeof(Id<Account>) && kind != typeof(Id<Member>)) continue;
            var value = kind == typeof(Id<Account>) ? account.Value : member.Value;
            var column = property.GetColumnName(StoreObjectIdentifier.Table(type.GetTableName()!));
            var sql = string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) AS \"Value\" FROM {type.GetTableName()} WHERE {column} = {value}");
            rows[$"{type.ClrType.Name}.{property.Name}"] = await db.Database.SqlQueryRaw<int>(sql).SingleAsync();
        }

        return rows;
    });
}

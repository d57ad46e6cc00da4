using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Atrium.Social;

internal abstract partial class SocialDb
{
    private void MapAccounts(ModelBuilder model)
    {
        model.Entity<Account>(a =>
        {
            a.HasIndex(x => new { x.UsernameFolded, x.Domain }).IsUnique();
            a.HasIndex(x => x.MemberId).IsUnique().HasFilter("member_id IS NOT NULL");
            a.HasIndex(x => x.Uri).IsUnique();
            a.HasIndex(x => x.Domain);
            a.HasIndex(x => x.LastStatusAt);
            a.HasIndex(x => x.PublicKeyId).HasFilter("public_key_id IS NOT NULL");
            a.HasIndex(x => x.Ed25519KeyId).HasFilter("ed25519key_id IS NOT NULL");
            a.Property(x => x.UsernameFolded).UseCollation(ByteOrder);
            Json(a.Property(x => x.Fields));
            Json(a.Property(x => x.Emojis));
        });
        model.Entity<AccountStats>().HasKey(s => s.AccountId);
        model.Entity<CustomEmoji>().HasIndex(e => new { e.Shortcode, e.Domain }).IsUnique();
        Json(model.Entity<Announcement>().Property(x => x.Emojis));
        model.Entity<AnnouncementReaction>().HasKey(r => new { r.AnnouncementId, r.AccountId, r.Name });
        model.Entity<AnnouncementRead>().HasKey(r => new { r.AnnouncementId, r.AccountId });
        model.Entity<FiledReport>().HasIndex(r => r.AccountId);
    }

    private void MapStatuses(ModelBuilder model)
    {
        model.Entity<Status>(s =>
        {
            s.HasIndex(x => new { x.AccountId, x.Id });
            s.HasIndex(x => new { x.Visibility, x.IsLocal, x.Id });
            s.HasIndex(x => new { x.InReplyTo, x.Id }).HasFilter("in_reply_to IS NOT NULL");
            s.HasIndex(x => new { x.ThreadRoot, x.Id });
            s.HasIndex(x => new { x.DiscussionId, x.Id }).HasFilter("discussion_id IS NOT NULL");
            s.HasIndex(x => new { x.ConversationId, x.Id });
            s.HasIndex(x => new { x.BoostOf, x.AccountId }).IsUnique().HasFilter("boost_of IS NOT NULL AND deleted_at IS NULL");
            s.HasIndex(x => x.Uri).IsUnique();
            s.HasIndex(x => x.CardId).HasFilter("card_id IS NOT NULL");
            s.HasIndex(x => x.RemovedAt).HasFilter("removed_at IS NOT NULL");
            Json(s.Property(x => x.Document));
        });
        model.Entity<StatusStats>().HasKey(s => s.StatusId);
        model.Entity<StatusEdit>(e =>
        {
            e.HasKey(x => new { x.StatusId, x.Version });
            Json(e.Property(x => x.Document));
        });
        model.Entity<Mention>(m =>
        {
            m.HasKey(x => new { x.StatusId, x.AccountId });
            m.HasIndex(x => new { x.AccountId, x.StatusId });
        });
        model.Entity<Hashtag>(t =>
        {
            t.HasIndex(x => x.Name).IsUnique();
            t.Property(x => x.Name).UseCollation(ByteOrder);
        });
        model.Entity<StatusTag>(t =>
        {
            t.HasKey(x => new { x.TagId, x.StatusId });
            t.HasIndex(x => x.StatusId);
        });
        model.Entity<Quote>(q =>
        {
            q.HasIndex(x => x.QuotingId).IsUnique();
            q.HasIndex(x => new { x.QuotedId, x.QuotingId });
        });
        model.Entity<PreviewCard>(c =>
        {
            c.HasIndex(x => x.UrlHash).IsUnique();
            Json(c.Property(x => x.Card));
        });
        model.Entity<Media>(m =>
        {
            m.HasIndex(x => x.StatusId);
            m.HasIndex(x => new { x.AccountId, x.Id });
            m.HasIndex(x => x.CreatedAt).HasFilter("status_id IS NULL");
            m.Ignore(x => x.Document);
            Json(m.Property(x => x.Meta));
        });
        model.Entity<Poll>(p =>
        {
            p.HasIndex(x => x.StatusId).IsUnique();
            p.HasIndex(x => x.ExpiresAt).HasFilter("closed_at IS NULL");
        });
        model.Entity<PollOption>().HasKey(o => new { o.PollId, o.Index });
        model.Entity<PollVote>(v =>
        {
            v.HasIndex(x => new { x.PollId, x.AccountId, x.Choice }).IsUnique();
            v.HasIndex(x => new { x.PollId, x.AccountId }).IsUnique().HasFilter(OnSqlite ? "single = 1" : "single");
        });
        MapMarks(model);
    }

    private static void MapMarks(ModelBuilder model)
    {
        model.Entity<Favourite>(f =>
        {
            f.HasIndex(x => new { x.AccountId, x.StatusId }).IsUnique();
            f.HasIndex(x => new { x.StatusId, x.Id });
        });
        model.Entity<Bookmark>(b =>
        {
            b.HasIndex(x => new { x.AccountId, x.StatusId }).IsUnique();
            b.HasIndex(x => x.StatusId);
        });
        model.Entity<Pin>(p =>
        {
            p.HasIndex(x => new { x.AccountId, x.StatusId }).IsUnique();
            p.HasIndex(x => x.StatusId);
        });
        model.Entity<ThreadMute>().HasKey(m => new { m.AccountId, m.ConversationId });
        model.Entity<IdempotentPost>(i =>
        {
            i.HasKey(x => new { x.AccountId, x.Key });
            i.HasIndex(x => x.CreatedAt);
        });
    }

    private static void MapRelations(ModelBuilder model)
    {
        model.Entity<Follow>(f =>
        {
            f.HasIndex(x => new { x.AccountId, x.TargetId }).IsUnique();
            f.HasIndex(x => new { x.TargetId, x.State, x.Id });
            f.HasIndex(x => new { x.AccountId, x.State, x.Id });
            f.HasIndex(x => x.TargetId, "ix_social_follow_watched").HasFilter("notify");
        });
        model.Entity<Block>(b =>
        {
            b.HasIndex(x => new { x.AccountId, x.TargetId }).IsUnique();
            b.HasIndex(x => new { x.TargetId, x.AccountId });
        });
        model.Entity<Mute>(m =>
        {
            m.HasIndex(x => new { x.AccountId, x.TargetId }).IsUnique();
            m.HasIndex(x => x.TargetId);
            m.HasIndex(x => x.ExpiresAt).HasFilter("expires_at IS NOT NULL");
        });
        model.Entity<UserDomainBlock>().HasIndex(b => new { b.AccountId, b.Domain }).IsUnique();
        model.Entity<AccountNote>().HasKey(n => new { n.AccountId, n.TargetId });
        model.Entity<Endorsement>().HasIndex(e => new { e.AccountId, e.TargetId }).IsUnique();
        model.Entity<DismissedSuggestion>().HasKey(d => new { d.AccountId, d.TargetId });
        model.Entity<PeopleList>().HasIndex(l => new { l.AccountId, l.Id });
        model.Entity<ListMember>(m =>
        {
            m.HasIndex(x => new { x.ListId, x.AccountId }).IsUnique();
            m.HasIndex(x => x.AccountId);
        });
        model.Entity<TagFollow>(f =>
        {
            f.HasIndex(x => new { x.AccountId, x.TagId }).IsUnique();
            f.HasIndex(x => x.TagId);
        });
        model.Entity<FeaturedTag>().HasIndex(f => new { f.AccountId, f.TagId }).IsUnique();
    }

    private static void MapHome(ModelBuilder model)
    {
        model.Entity<HomeEntry>(h =>
        {
            h.HasKey(x => new { x.OwnerId, x.StatusId });
            h.HasIndex(x => new { x.OwnerId, x.OriginalId });
            h.HasIndex(x => new { x.OwnerId, x.ViaAccountId });
            h.HasIndex(x => x.StatusId);
            h.HasIndex(x => x.OriginalId);
        });
        model.Entity<Marker>().HasKey(m => new { m.AccountId, m.Timeline });
        model.Entity<ConversationRead>(c =>
        {
            c.HasIndex(x => new { x.AccountId, x.ConversationId }).IsUnique();
            c.HasIndex(x => new { x.AccountId, x.LastStatusId });
        });
        model.Entity<PostFilter>().HasIndex(f => f.AccountId);
        model.Entity<FilterKeyword>().HasIndex(k => k.FilterId);
        model.Entity<FilterStatus>().HasIndex(s => new { s.FilterId, s.StatusId }).IsUnique();
        model.Entity<Draft>().HasIndex(d => new { d.AccountId, d.Id });
        model.Entity<ScheduledStatus>().HasIndex(s => new { s.AccountId, s.State, s.Id });
        model.Entity<Notice>(n =>
        {
            n.HasIndex(x => new { x.AccountId, x.Type, x.Activity }).IsUnique();
            n.HasIndex(x => new { x.AccountId, x.Id });
            n.HasIndex(x => new { x.AccountId, x.GroupKey });
            n.HasIndex(x => x.StatusId).HasFilter("status_id IS NOT NULL");
            n.HasIndex(x => x.FromId);
        });
        model.Entity<NoticePolicy>().HasKey(p => p.AccountId);
        model.Entity<NoticeRequest>().HasIndex(r => new { r.AccountId, r.FromId }).IsUnique();
        model.Entity<ClientPush>(p =>
        {
            p.Property(x => x.Id).ValueGeneratedOnAdd();
            p.HasIndex(x => x.TokenHash).IsUnique();
            p.HasIndex(x => x.AccountId);
        });
        model.Entity<PushClaim>(c =>
        {
            c.HasKey(x => new { x.NoticeId, x.PushId });
            c.HasIndex(x => x.At);
        });
        model.Entity<Discussion>(d =>
        {
            d.HasIndex(x => x.Thing).IsUnique();
            d.HasIndex(x => x.RootId);
        });
    }

    private static void MapFederation(ModelBuilder model)
    {
        model.Entity<RemoteHost>().HasKey(h => h.Domain);
        model.Entity<DomainPolicy>().HasKey(p => p.Domain);
        model.Entity<InboxActivity>(a =>
        {
            a.HasIndex(x => x.ActivityId).IsUnique();
            a.HasIndex(x => x.ReceivedAt);
        });
        model.Entity<OutgoingDelivery>(d =>
        {
            d.HasIndex(x => new { x.State, x.DueAt });
            d.HasIndex(x => new { x.Domain, x.Id });
            d.HasIndex(x => new { x.ActivityId, x.Inbox }).IsUnique();
        });
        model.Entity<ReachedInbox>().HasKey(r => new { r.AccountId, r.Inbox });
        model.Entity<Tombstone>().HasKey(t => t.Uri);
        model.Entity<RemoteFile>(f =>
        {
            f.HasKey(x => x.Key);
            f.HasIndex(x => x.FetchedAt).HasFilter("file_id IS NOT NULL");
            f.HasIndex(x => x.Domain);
        });
    }

    // Parts that are only ever read and written whole.
    private static void Json<T>(PropertyBuilder<T> property) => property.HasColumnType("text").HasConversion(
        value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
        text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!,
        new ValueComparer<T>(
            (a, b) => JsonSerializer.Serialize(a, JsonSerializerOptions.Web) == JsonSerializer.Serialize(b, JsonSerializerOptions.Web),
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web).GetHashCode(StringComparison.Ordinal),
            value => value));
}

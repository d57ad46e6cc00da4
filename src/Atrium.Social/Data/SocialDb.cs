using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Atrium.Social;

/// <summary>Accounts, posts, and all that hangs on them.</summary>
internal abstract partial class SocialDb(DbContextOptions options, DbHouse house) : ModuleDb(options, house)
{
    public const string Name = "social";

    public override string Module => Name;

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<AccountStats> AccountStats => Set<AccountStats>();

    public DbSet<Status> Statuses => Set<Status>();

    public DbSet<StatusStats> StatusStats => Set<StatusStats>();

    public DbSet<StatusEdit> StatusEdits => Set<StatusEdit>();

    public DbSet<Mention> Mentions => Set<Mention>();

    public DbSet<Hashtag> Hashtags => Set<Hashtag>();

    public DbSet<StatusTag> StatusTags => Set<StatusTag>();

    public DbSet<Quote> Quotes => Set<Quote>();

    public DbSet<PreviewCard> PreviewCards => Set<PreviewCard>();

    public DbSet<CustomEmoji> Emojis => Set<CustomEmoji>();

    public DbSet<Favourite> Favourites => Set<Favourite>();

    public DbSet<Bookmark> Bookmarks => Set<Bookmark>();

    public DbSet<Pin> Pins => Set<Pin>();

    public DbSet<ThreadMute> ThreadMutes => Set<ThreadMute>();

    public DbSet<IdempotentPost> IdempotentPosts => Set<IdempotentPost>();

    public DbSet<Follow> Follows => Set<Follow>();

    public DbSet<Block> Blocks => Set<Block>();

    public DbSet<Mute> Mutes => Set<Mute>();

    public DbSet<UserDomainBlock> UserDomainBlocks => Set<UserDomainBlock>();

    public DbSet<AccountNote> AccountNotes => Set<AccountNote>();

    public DbSet<Endorsement> Endorsements => Set<Endorsement>();

    public DbSet<DismissedSuggestion> DismissedSuggestions => Set<DismissedSuggestion>();

    public DbSet<PeopleList> Lists => Set<PeopleList>();

    public DbSet<ListMember> ListMembers => Set<ListMember>();

    public DbSet<TagFollow> TagFollows => Set<TagFollow>();

    public DbSet<FeaturedTag> FeaturedTags => Set<FeaturedTag>();

    public DbSet<Media> Media => Set<Media>();

    public DbSet<Poll> Polls => Set<Poll>();

    public DbSet<PollOption> PollOptions => Set<PollOption>();

    public DbSet<PollVote> PollVotes => Set<PollVote>();

    public DbSet<HomeEntry> HomeEntries => Set<HomeEntry>();

    public DbSet<Marker> Markers => Set<Marker>();

    public DbSet<ConversationRead> Conversations => Set<ConversationRead>();

    public DbSet<PostFilter> Filters => Set<PostFilter>();

    public DbSet<FilterKeyword> FilterKeywords => Set<FilterKeyword>();

    public DbSet<FilterStatus> FilterStatuses => Set<FilterStatus>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<ScheduledStatus> Scheduled => Set<ScheduledStatus>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<NoticePolicy> NoticePolicies => Set<NoticePolicy>();

    public DbSet<NoticeRequest> NoticeRequests => Set<NoticeRequest>();

    public DbSet<ClientPush> ClientPushes => Set<ClientPush>();

    public DbSet<PushClaim> PushClaims => Set<PushClaim>();

    public DbSet<FiledReport> Reports => Set<FiledReport>();

    public DbSet<Discussion> Discussions => Set<Discussion>();

    public DbSet<Announcement> Announcements => Set<Announcement>();

    public DbSet<AnnouncementReaction> AnnouncementReactions => Set<AnnouncementReaction>();

    public DbSet<AnnouncementRead> AnnouncementReads => Set<AnnouncementRead>();

    public DbSet<RemoteHost> Hosts => Set<RemoteHost>();

    public DbSet<DomainPolicy> DomainPolicies => Set<DomainPolicy>();

    public DbSet<InboxActivity> InboxActivities => Set<InboxActivity>();

    public DbSet<OutgoingDelivery> Deliveries => Set<OutgoingDelivery>();

    public DbSet<ReachedInbox> Reached => Set<ReachedInbox>();

    public DbSet<RemoteFile> RemoteFiles => Set<RemoteFile>();

    public DbSet<Tombstone> Tombstones => Set<Tombstone>();

    protected override void Map(ModelBuilder model)
    {
        MapAccounts(model);
        MapStatuses(model);
        MapRelations(model);
        MapHome(model);
        MapFederation(model);

        // Ids are made here, so a row with an id is a new one unless it was read. Only the push id is counted by the database.
        foreach (var entity in model.Model.GetEntityTypes())
            if (entity.ClrType != typeof(ClientPush) && entity.ClrType.Assembly == typeof(SocialDb).Assembly && entity.FindPrimaryKey() is { } key)
                foreach (var property in key.Properties)
                    property.ValueGenerated = ValueGenerated.Never;
    }
}

internal sealed class SqliteSocialDb(DbContextOptions<SqliteSocialDb> options, DbHouse house) : SocialDb(options, house);

internal sealed class PostgresSocialDb(DbContextOptions<PostgresSocialDb> options, DbHouse house) : SocialDb(options, house);

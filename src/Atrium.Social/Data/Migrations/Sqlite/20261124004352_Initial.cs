using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Atrium.Social.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "social_account",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: true),
                    username = table.Column<string>(type: "TEXT", nullable: false),
                    username_folded = table.Column<string>(type: "TEXT", nullable: false, collation: "BINARY"),
                    domain = table.Column<string>(type: "TEXT", nullable: false),
                    uri = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    standing = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_status_at = table.Column<long>(type: "INTEGER", nullable: true),
                    home_read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    filters_version = table.Column<long>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    inbox = table.Column<string>(type: "TEXT", nullable: true),
                    shared_inbox = table.Column<string>(type: "TEXT", nullable: true),
                    outbox = table.Column<string>(type: "TEXT", nullable: true),
                    followers_uri = table.Column<string>(type: "TEXT", nullable: true),
                    following_uri = table.Column<string>(type: "TEXT", nullable: true),
                    featured_uri = table.Column<string>(type: "TEXT", nullable: true),
                    public_key_id = table.Column<string>(type: "TEXT", nullable: true),
                    public_key_pem = table.Column<string>(type: "TEXT", nullable: true),
                    ed25519key_id = table.Column<string>(type: "TEXT", nullable: true),
                    ed25519public_key = table.Column<string>(type: "TEXT", nullable: true),
                    protected_rsa_key = table.Column<string>(type: "TEXT", nullable: true),
                    protected_ed25519key = table.Column<string>(type: "TEXT", nullable: true),
                    fetched_at = table.Column<long>(type: "INTEGER", nullable: true),
                    limited_at = table.Column<long>(type: "INTEGER", nullable: true),
                    suspended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    memorial_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sensitized_at = table.Column<long>(type: "INTEGER", nullable: true),
                    display_name = table.Column<string>(type: "TEXT", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    note_source = table.Column<string>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    fields = table.Column<string>(type: "text", nullable: false),
                    emojis = table.Column<string>(type: "text", nullable: false),
                    avatar_url = table.Column<string>(type: "TEXT", nullable: true),
                    header_url = table.Column<string>(type: "TEXT", nullable: true),
                    avatar_description = table.Column<string>(type: "TEXT", nullable: false),
                    header_description = table.Column<string>(type: "TEXT", nullable: false),
                    locked = table.Column<bool>(type: "INTEGER", nullable: false),
                    bot = table.Column<bool>(type: "INTEGER", nullable: false),
                    discoverable = table.Column<bool>(type: "INTEGER", nullable: false),
                    indexable = table.Column<bool>(type: "INTEGER", nullable: false),
                    hide_collections = table.Column<bool>(type: "INTEGER", nullable: false),
                    default_visibility = table.Column<string>(type: "TEXT", nullable: false),
                    default_sensitive = table.Column<bool>(type: "INTEGER", nullable: false),
                    default_language = table.Column<string>(type: "TEXT", nullable: true),
                    default_quote_policy = table.Column<string>(type: "TEXT", nullable: false),
                    moved_to = table.Column<string>(type: "TEXT", nullable: true),
                    also_known_as = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_account", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_account_note",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_account_note", x => new { x.account_id, x.target_id });
                });

            migrationBuilder.CreateTable(
                name: "social_account_stats",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    followers = table.Column<int>(type: "INTEGER", nullable: false),
                    following = table.Column<int>(type: "INTEGER", nullable: false),
                    statuses = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_account_stats", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "social_announcement",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    html = table.Column<string>(type: "TEXT", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: true),
                    all_day = table.Column<bool>(type: "INTEGER", nullable: false),
                    emojis = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_announcement", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_announcement_reaction",
                columns: table => new
                {
                    announcement_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_announcement_reaction", x => new { x.announcement_id, x.account_id, x.name });
                });

            migrationBuilder.CreateTable(
                name: "social_announcement_read",
                columns: table => new
                {
                    announcement_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_announcement_read", x => new { x.announcement_id, x.account_id });
                });

            migrationBuilder.CreateTable(
                name: "social_block",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    uri = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_block", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_bookmark",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_bookmark", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_client_push",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    token_hash = table.Column<string>(type: "TEXT", nullable: false),
                    protected_token = table.Column<string>(type: "TEXT", nullable: false),
                    endpoint = table.Column<string>(type: "TEXT", nullable: false),
                    p256dh = table.Column<string>(type: "TEXT", nullable: false),
                    auth = table.Column<string>(type: "TEXT", nullable: false),
                    standard = table.Column<bool>(type: "INTEGER", nullable: false),
                    alerts = table.Column<string>(type: "text", nullable: false),
                    policy = table.Column<string>(type: "TEXT", nullable: false),
                    locale = table.Column<string>(type: "TEXT", nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_client_push", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_conversation_read",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    last_status_id = table.Column<long>(type: "INTEGER", nullable: false),
                    others = table.Column<string>(type: "text", nullable: false),
                    unread = table.Column<bool>(type: "INTEGER", nullable: false),
                    removed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_conversation_read", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_custom_emoji",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    shortcode = table.Column<string>(type: "TEXT", nullable: false),
                    domain = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    static_url = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: true),
                    in_picker = table.Column<bool>(type: "INTEGER", nullable: false),
                    file_id = table.Column<long>(type: "INTEGER", nullable: true),
                    static_file_id = table.Column<long>(type: "INTEGER", nullable: true),
                    disabled = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_custom_emoji", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_discussion",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    thing = table.Column<string>(type: "TEXT", nullable: false),
                    root_id = table.Column<long>(type: "INTEGER", nullable: false),
                    audience = table.Column<long>(type: "INTEGER", nullable: false),
                    may_comment = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    was_closed = table.Column<bool>(type: "INTEGER", nullable: false),
                    comments = table.Column<int>(type: "INTEGER", nullable: false),
                    announced_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_discussion", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_dismissed_suggestion",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_dismissed_suggestion", x => new { x.account_id, x.target_id });
                });

            migrationBuilder.CreateTable(
                name: "social_domain_policy",
                columns: table => new
                {
                    domain = table.Column<string>(type: "TEXT", nullable: false),
                    allowed = table.Column<bool>(type: "INTEGER", nullable: false),
                    severity = table.Column<string>(type: "TEXT", nullable: false),
                    reject_media = table.Column<bool>(type: "INTEGER", nullable: false),
                    reject_reports = table.Column<bool>(type: "INTEGER", nullable: false),
                    public_comment = table.Column<string>(type: "TEXT", nullable: true),
                    private_comment = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_domain_policy", x => x.domain);
                });

            migrationBuilder.CreateTable(
                name: "social_draft",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    @params = table.Column<string>(name: "params", type: "TEXT", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_draft", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_endorsement",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_endorsement", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_favourite",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: false),
                    uri = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_favourite", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_featured_tag",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    tag_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_featured_tag", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_filed_report",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: false),
                    comment = table.Column<string>(type: "TEXT", nullable: false),
                    status_ids = table.Column<string>(type: "text", nullable: false),
                    rule_ids = table.Column<string>(type: "text", nullable: false),
                    forwarded = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_filed_report", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_filter_keyword",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    filter_id = table.Column<long>(type: "INTEGER", nullable: false),
                    keyword = table.Column<string>(type: "TEXT", nullable: false),
                    whole_word = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_filter_keyword", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_filter_status",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    filter_id = table.Column<long>(type: "INTEGER", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_filter_status", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_follow",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    show_boosts = table.Column<bool>(type: "INTEGER", nullable: false),
                    notify = table.Column<bool>(type: "INTEGER", nullable: false),
                    languages = table.Column<string>(type: "text", nullable: false),
                    uri = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_follow", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_hashtag",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false, collation: "BINARY"),
                    display = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_hashtag", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_home_entry",
                columns: table => new
                {
                    owner_id = table.Column<long>(type: "INTEGER", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: false),
                    original_id = table.Column<long>(type: "INTEGER", nullable: false),
                    via_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    in_home = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_home_entry", x => new { x.owner_id, x.status_id });
                });

            migrationBuilder.CreateTable(
                name: "social_idempotent_post",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: true),
                    scheduled_id = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_idempotent_post", x => new { x.account_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "social_inbox_activity",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    activity_id = table.Column<string>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    domain = table.Column<string>(type: "TEXT", nullable: false),
                    actor_uri = table.Column<string>(type: "TEXT", nullable: false),
                    object_uri = table.Column<string>(type: "TEXT", nullable: true),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    result = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_inbox_activity", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_list_member",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    list_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_list_member", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_marker",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    timeline = table.Column<string>(type: "TEXT", nullable: false),
                    last_read = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_marker", x => new { x.account_id, x.timeline });
                });

            migrationBuilder.CreateTable(
                name: "social_media",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: true),
                    scheduled_id = table.Column<long>(type: "INTEGER", nullable: true),
                    draft_id = table.Column<long>(type: "INTEGER", nullable: true),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    failure = table.Column<string>(type: "TEXT", nullable: true),
                    secret = table.Column<string>(type: "TEXT", nullable: false),
                    file_id = table.Column<long>(type: "INTEGER", nullable: true),
                    preview_file_id = table.Column<long>(type: "INTEGER", nullable: true),
                    url = table.Column<string>(type: "TEXT", nullable: true),
                    preview_url = table.Column<string>(type: "TEXT", nullable: true),
                    remote_url = table.Column<string>(type: "TEXT", nullable: true),
                    meta = table.Column<string>(type: "text", nullable: true),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    blurhash = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_media", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_mention",
                columns: table => new
                {
                    status_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    silent = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_mention", x => new { x.status_id, x.account_id });
                });

            migrationBuilder.CreateTable(
                name: "social_mute",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hide_notifications = table.Column<bool>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_mute", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_notice",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    from_id = table.Column<long>(type: "INTEGER", nullable: false),
                    activity = table.Column<string>(type: "TEXT", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: true),
                    group_key = table.Column<string>(type: "TEXT", nullable: false),
                    filtered = table.Column<bool>(type: "INTEGER", nullable: false),
                    dismissed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_notice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_notice_policy",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    not_following = table.Column<string>(type: "TEXT", nullable: false),
                    not_followers = table.Column<string>(type: "TEXT", nullable: false),
                    new_accounts = table.Column<string>(type: "TEXT", nullable: false),
                    private_mentions = table.Column<string>(type: "TEXT", nullable: false),
                    limited_accounts = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_notice_policy", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "social_notice_request",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    from_id = table.Column<long>(type: "INTEGER", nullable: false),
                    last_status_id = table.Column<long>(type: "INTEGER", nullable: true),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_notice_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    outside = table.Column<bool>(type: "INTEGER", nullable: false),
                    partition_key = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", nullable: true),
                    dead_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_outgoing_delivery",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    inbox = table.Column<string>(type: "TEXT", nullable: false),
                    domain = table.Column<string>(type: "TEXT", nullable: false),
                    activity_id = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_outgoing_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_people_list",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    replies = table.Column<string>(type: "TEXT", nullable: false),
                    exclusive = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_people_list", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_pin",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_pin", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_poll",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: false),
                    multiple = table.Column<bool>(type: "INTEGER", nullable: false),
                    hide_totals = table.Column<bool>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    voters = table.Column<int>(type: "INTEGER", nullable: false),
                    totals_due_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_poll", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_poll_option",
                columns: table => new
                {
                    poll_id = table.Column<long>(type: "INTEGER", nullable: false),
                    index = table.Column<int>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    votes = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_poll_option", x => new { x.poll_id, x.index });
                });

            migrationBuilder.CreateTable(
                name: "social_poll_vote",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    poll_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    choice = table.Column<int>(type: "INTEGER", nullable: false),
                    single = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_poll_vote", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_post_filter",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    contexts = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_post_filter", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_preview_card",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    url_hash = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    card = table.Column<string>(type: "text", nullable: true),
                    file_id = table.Column<long>(type: "INTEGER", nullable: true),
                    secret = table.Column<string>(type: "TEXT", nullable: false),
                    fetched_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_preview_card", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_push_claim",
                columns: table => new
                {
                    notice_id = table.Column<long>(type: "INTEGER", nullable: false),
                    push_id = table.Column<int>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_push_claim", x => new { x.notice_id, x.push_id });
                });

            migrationBuilder.CreateTable(
                name: "social_quote",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    quoting_id = table.Column<long>(type: "INTEGER", nullable: false),
                    quoted_id = table.Column<long>(type: "INTEGER", nullable: true),
                    quoted_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    quoted_uri = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_quote", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_reached_inbox",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    inbox = table.Column<string>(type: "TEXT", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_reached_inbox", x => new { x.account_id, x.inbox });
                });

            migrationBuilder.CreateTable(
                name: "social_remote_file",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    domain = table.Column<string>(type: "TEXT", nullable: false),
                    file_id = table.Column<long>(type: "INTEGER", nullable: true),
                    fetched_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_remote_file", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "social_remote_host",
                columns: table => new
                {
                    domain = table.Column<string>(type: "TEXT", nullable: false),
                    software = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<string>(type: "TEXT", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    dead_since = table.Column<long>(type: "INTEGER", nullable: true),
                    paused_until = table.Column<long>(type: "INTEGER", nullable: true),
                    first_seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_remote_host", x => x.domain);
                });

            migrationBuilder.CreateTable(
                name: "social_scheduled_status",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    @params = table.Column<string>(name: "params", type: "TEXT", nullable: false),
                    run_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    failure = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_scheduled_status", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_status",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    format = table.Column<string>(type: "TEXT", nullable: false),
                    html = table.Column<string>(type: "TEXT", nullable: false),
                    plain = table.Column<string>(type: "TEXT", nullable: false),
                    spoiler = table.Column<string>(type: "TEXT", nullable: false),
                    sensitive = table.Column<bool>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    has_media = table.Column<bool>(type: "INTEGER", nullable: false),
                    poll_id = table.Column<long>(type: "INTEGER", nullable: true),
                    card_id = table.Column<long>(type: "INTEGER", nullable: true),
                    document = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    written_by = table.Column<long>(type: "INTEGER", nullable: true),
                    uri = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    is_local = table.Column<bool>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    edited_at = table.Column<long>(type: "INTEGER", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    hidden_at = table.Column<long>(type: "INTEGER", nullable: true),
                    hidden_reason = table.Column<string>(type: "TEXT", nullable: true),
                    removed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sensitized_at = table.Column<long>(type: "INTEGER", nullable: true),
                    boost_of = table.Column<long>(type: "INTEGER", nullable: true),
                    in_reply_to = table.Column<long>(type: "INTEGER", nullable: true),
                    in_reply_to_account = table.Column<long>(type: "INTEGER", nullable: true),
                    conversation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    thread_root = table.Column<long>(type: "INTEGER", nullable: false),
                    discussion_id = table.Column<long>(type: "INTEGER", nullable: true),
                    visibility = table.Column<string>(type: "TEXT", nullable: false),
                    group_id = table.Column<long>(type: "INTEGER", nullable: true),
                    audience = table.Column<long>(type: "INTEGER", nullable: false),
                    app = table.Column<string>(type: "TEXT", nullable: true),
                    app_website = table.Column<string>(type: "TEXT", nullable: true),
                    quote_policy = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_status", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_status_edit",
                columns: table => new
                {
                    status_id = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    html = table.Column<string>(type: "TEXT", nullable: false),
                    spoiler = table.Column<string>(type: "TEXT", nullable: false),
                    sensitive = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    poll_options = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_status_edit", x => new { x.status_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "social_status_stats",
                columns: table => new
                {
                    status_id = table.Column<long>(type: "INTEGER", nullable: false),
                    replies = table.Column<int>(type: "INTEGER", nullable: false),
                    boosts = table.Column<int>(type: "INTEGER", nullable: false),
                    favourites = table.Column<int>(type: "INTEGER", nullable: false),
                    quotes = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_status_stats", x => x.status_id);
                });

            migrationBuilder.CreateTable(
                name: "social_status_tag",
                columns: table => new
                {
                    tag_id = table.Column<long>(type: "INTEGER", nullable: false),
                    status_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_status_tag", x => new { x.tag_id, x.status_id });
                });

            migrationBuilder.CreateTable(
                name: "social_tag_follow",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    tag_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_tag_follow", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "social_thread_mute",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_thread_mute", x => new { x.account_id, x.conversation_id });
                });

            migrationBuilder.CreateTable(
                name: "social_tombstone",
                columns: table => new
                {
                    uri = table.Column<string>(type: "TEXT", nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_tombstone", x => x.uri);
                });

            migrationBuilder.CreateTable(
                name: "social_user_domain_block",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    domain = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social_user_domain_block", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_social_account_domain",
                table: "social_account",
                column: "domain");

            migrationBuilder.CreateIndex(
                name: "ix_social_account_ed25519key_id",
                table: "social_account",
                column: "ed25519key_id",
                filter: "ed25519key_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_account_last_status_at",
                table: "social_account",
                column: "last_status_at");

            migrationBuilder.CreateIndex(
                name: "ix_social_account_member_id",
                table: "social_account",
                column: "member_id",
                unique: true,
                filter: "member_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_account_public_key_id",
                table: "social_account",
                column: "public_key_id",
                filter: "public_key_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_account_uri",
                table: "social_account",
                column: "uri",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_account_username_folded_domain",
                table: "social_account",
                columns: new[] { "username_folded", "domain" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_block_account_id_target_id",
                table: "social_block",
                columns: new[] { "account_id", "target_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_block_target_id_account_id",
                table: "social_block",
                columns: new[] { "target_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_bookmark_account_id_status_id",
                table: "social_bookmark",
                columns: new[] { "account_id", "status_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_bookmark_status_id",
                table: "social_bookmark",
                column: "status_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_client_push_account_id",
                table: "social_client_push",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_client_push_token_hash",
                table: "social_client_push",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_conversation_read_account_id_conversation_id",
                table: "social_conversation_read",
                columns: new[] { "account_id", "conversation_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_conversation_read_account_id_last_status_id",
                table: "social_conversation_read",
                columns: new[] { "account_id", "last_status_id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_custom_emoji_shortcode_domain",
                table: "social_custom_emoji",
                columns: new[] { "shortcode", "domain" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_discussion_root_id",
                table: "social_discussion",
                column: "root_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_discussion_thing",
                table: "social_discussion",
                column: "thing",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_draft_account_id_id",
                table: "social_draft",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_endorsement_account_id_target_id",
                table: "social_endorsement",
                columns: new[] { "account_id", "target_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_favourite_account_id_status_id",
                table: "social_favourite",
                columns: new[] { "account_id", "status_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_favourite_status_id_id",
                table: "social_favourite",
                columns: new[] { "status_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_featured_tag_account_id_tag_id",
                table: "social_featured_tag",
                columns: new[] { "account_id", "tag_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_filed_report_account_id",
                table: "social_filed_report",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_filter_keyword_filter_id",
                table: "social_filter_keyword",
                column: "filter_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_filter_status_filter_id_status_id",
                table: "social_filter_status",
                columns: new[] { "filter_id", "status_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_follow_account_id_state_id",
                table: "social_follow",
                columns: new[] { "account_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_follow_account_id_target_id",
                table: "social_follow",
                columns: new[] { "account_id", "target_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_follow_target_id",
                table: "social_follow",
                column: "target_id",
                filter: "notify");

            migrationBuilder.CreateIndex(
                name: "ix_social_follow_target_id_state_id",
                table: "social_follow",
                columns: new[] { "target_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_hashtag_name",
                table: "social_hashtag",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_home_entry_original_id",
                table: "social_home_entry",
                column: "original_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_home_entry_owner_id_original_id",
                table: "social_home_entry",
                columns: new[] { "owner_id", "original_id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_home_entry_owner_id_via_account_id",
                table: "social_home_entry",
                columns: new[] { "owner_id", "via_account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_home_entry_status_id",
                table: "social_home_entry",
                column: "status_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_idempotent_post_created_at",
                table: "social_idempotent_post",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_social_inbox_activity_activity_id",
                table: "social_inbox_activity",
                column: "activity_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_inbox_activity_received_at",
                table: "social_inbox_activity",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_social_list_member_account_id",
                table: "social_list_member",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_list_member_list_id_account_id",
                table: "social_list_member",
                columns: new[] { "list_id", "account_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_media_account_id_id",
                table: "social_media",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_media_created_at",
                table: "social_media",
                column: "created_at",
                filter: "status_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_media_status_id",
                table: "social_media",
                column: "status_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_mention_account_id_status_id",
                table: "social_mention",
                columns: new[] { "account_id", "status_id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_mute_account_id_target_id",
                table: "social_mute",
                columns: new[] { "account_id", "target_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_mute_expires_at",
                table: "social_mute",
                column: "expires_at",
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_mute_target_id",
                table: "social_mute",
                column: "target_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_notice_account_id_group_key",
                table: "social_notice",
                columns: new[] { "account_id", "group_key" });

            migrationBuilder.CreateIndex(
                name: "ix_social_notice_account_id_id",
                table: "social_notice",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_notice_account_id_type_activity",
                table: "social_notice",
                columns: new[] { "account_id", "type", "activity" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_notice_from_id",
                table: "social_notice",
                column: "from_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_notice_status_id",
                table: "social_notice",
                column: "status_id",
                filter: "status_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_notice_request_account_id_from_id",
                table: "social_notice_request",
                columns: new[] { "account_id", "from_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_outbox_outside_due_at",
                table: "social_outbox",
                columns: new[] { "outside", "due_at" },
                filter: "dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_outbox_subscriber_partition_key_id",
                table: "social_outbox",
                columns: new[] { "subscriber", "partition_key", "id" },
                filter: "partition_key IS NOT NULL AND dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_outgoing_delivery_activity_id_inbox",
                table: "social_outgoing_delivery",
                columns: new[] { "activity_id", "inbox" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_outgoing_delivery_domain_id",
                table: "social_outgoing_delivery",
                columns: new[] { "domain", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_outgoing_delivery_state_due_at",
                table: "social_outgoing_delivery",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_social_people_list_account_id_id",
                table: "social_people_list",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_pin_account_id_status_id",
                table: "social_pin",
                columns: new[] { "account_id", "status_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_pin_status_id",
                table: "social_pin",
                column: "status_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_poll_expires_at",
                table: "social_poll",
                column: "expires_at",
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_poll_status_id",
                table: "social_poll",
                column: "status_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_poll_vote_poll_id_account_id",
                table: "social_poll_vote",
                columns: new[] { "poll_id", "account_id" },
                unique: true,
                filter: "single = 1");

            migrationBuilder.CreateIndex(
                name: "ix_social_poll_vote_poll_id_account_id_choice",
                table: "social_poll_vote",
                columns: new[] { "poll_id", "account_id", "choice" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_post_filter_account_id",
                table: "social_post_filter",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_preview_card_url_hash",
                table: "social_preview_card",
                column: "url_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_push_claim_at",
                table: "social_push_claim",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_social_quote_quoted_id_quoting_id",
                table: "social_quote",
                columns: new[] { "quoted_id", "quoting_id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_quote_quoting_id",
                table: "social_quote",
                column: "quoting_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_remote_file_domain",
                table: "social_remote_file",
                column: "domain");

            migrationBuilder.CreateIndex(
                name: "ix_social_remote_file_fetched_at",
                table: "social_remote_file",
                column: "fetched_at",
                filter: "file_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_scheduled_status_account_id_state_id",
                table: "social_scheduled_status",
                columns: new[] { "account_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_status_account_id_id",
                table: "social_status",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_status_boost_of_account_id",
                table: "social_status",
                columns: new[] { "boost_of", "account_id" },
                unique: true,
                filter: "boost_of IS NOT NULL AND deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_status_card_id",
                table: "social_status",
                column: "card_id",
                filter: "card_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_status_conversation_id_id",
                table: "social_status",
                columns: new[] { "conversation_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_status_discussion_id_id",
                table: "social_status",
                columns: new[] { "discussion_id", "id" },
                filter: "discussion_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_status_in_reply_to_id",
                table: "social_status",
                columns: new[] { "in_reply_to", "id" },
                filter: "in_reply_to IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_status_removed_at",
                table: "social_status",
                column: "removed_at",
                filter: "removed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_status_thread_root_id",
                table: "social_status",
                columns: new[] { "thread_root", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_status_uri",
                table: "social_status",
                column: "uri",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_status_visibility_is_local_id",
                table: "social_status",
                columns: new[] { "visibility", "is_local", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_status_tag_status_id",
                table: "social_status_tag",
                column: "status_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_tag_follow_account_id_tag_id",
                table: "social_tag_follow",
                columns: new[] { "account_id", "tag_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_social_tag_follow_tag_id",
                table: "social_tag_follow",
                column: "tag_id");

            migrationBuilder.CreateIndex(
                name: "ix_social_user_domain_block_account_id_domain",
                table: "social_user_domain_block",
                columns: new[] { "account_id", "domain" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "social_account");

            migrationBuilder.DropTable(
                name: "social_account_note");

            migrationBuilder.DropTable(
                name: "social_account_stats");

            migrationBuilder.DropTable(
                name: "social_announcement");

            migrationBuilder.DropTable(
                name: "social_announcement_reaction");

            migrationBuilder.DropTable(
                name: "social_announcement_read");

            migrationBuilder.DropTable(
                name: "social_block");

            migrationBuilder.DropTable(
                name: "social_bookmark");

            migrationBuilder.DropTable(
                name: "social_client_push");

            migrationBuilder.DropTable(
                name: "social_conversation_read");

            migrationBuilder.DropTable(
                name: "social_custom_emoji");

            migrationBuilder.DropTable(
                name: "social_discussion");

            migrationBuilder.DropTable(
                name: "social_dismissed_suggestion");

            migrationBuilder.DropTable(
                name: "social_domain_policy");

            migrationBuilder.DropTable(
                name: "social_draft");

            migrationBuilder.DropTable(
                name: "social_endorsement");

            migrationBuilder.DropTable(
                name: "social_favourite");

            migrationBuilder.DropTable(
                name: "social_featured_tag");

            migrationBuilder.DropTable(
                name: "social_filed_report");

            migrationBuilder.DropTable(
                name: "social_filter_keyword");

            migrationBuilder.DropTable(
                name: "social_filter_status");

            migrationBuilder.DropTable(
                name: "social_follow");

            migrationBuilder.DropTable(
                name: "social_hashtag");

            migrationBuilder.DropTable(
                name: "social_home_entry");

            migrationBuilder.DropTable(
                name: "social_idempotent_post");

            migrationBuilder.DropTable(
                name: "social_inbox_activity");

            migrationBuilder.DropTable(
                name: "social_list_member");

            migrationBuilder.DropTable(
                name: "social_marker");

            migrationBuilder.DropTable(
                name: "social_media");

            migrationBuilder.DropTable(
                name: "social_mention");

            migrationBuilder.DropTable(
                name: "social_mute");

            migrationBuilder.DropTable(
                name: "social_notice");

            migrationBuilder.DropTable(
                name: "social_notice_policy");

            migrationBuilder.DropTable(
                name: "social_notice_request");

            migrationBuilder.DropTable(
                name: "social_outbox");

            migrationBuilder.DropTable(
                name: "social_outgoing_delivery");

            migrationBuilder.DropTable(
                name: "social_people_list");

            migrationBuilder.DropTable(
                name: "social_pin");

            migrationBuilder.DropTable(
                name: "social_poll");

            migrationBuilder.DropTable(
                name: "social_poll_option");

            migrationBuilder.DropTable(
                name: "social_poll_vote");

            migrationBuilder.DropTable(
                name: "social_post_filter");

            migrationBuilder.DropTable(
                name: "social_preview_card");

            migrationBuilder.DropTable(
                name: "social_push_claim");

            migrationBuilder.DropTable(
                name: "social_quote");

            migrationBuilder.DropTable(
                name: "social_reached_inbox");

            migrationBuilder.DropTable(
                name: "social_remote_file");

            migrationBuilder.DropTable(
                name: "social_remote_host");

            migrationBuilder.DropTable(
                name: "social_scheduled_status");

            migrationBuilder.DropTable(
                name: "social_status");

            migrationBuilder.DropTable(
                name: "social_status_edit");

            migrationBuilder.DropTable(
                name: "social_status_stats");

            migrationBuilder.DropTable(
                name: "social_status_tag");

            migrationBuilder.DropTable(
                name: "social_tag_follow");

            migrationBuilder.DropTable(
                name: "social_thread_mute");

            migrationBuilder.DropTable(
                name: "social_tombstone");

            migrationBuilder.DropTable(
                name: "social_user_domain_block");
        }
    }
}

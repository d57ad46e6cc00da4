using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Atrium.Home.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "home_case",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    thing = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    room = table.Column<string>(type: "text", nullable: false),
                    href = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<long>(type: "bigint", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    held = table.Column<bool>(type: "boolean", nullable: false),
                    hidden = table.Column<bool>(type: "boolean", nullable: false),
                    report_count = table.Column<int>(type: "integer", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by = table.Column<long>(type: "bigint", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_case", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_case_note",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    case_id = table.Column<long>(type: "bigint", nullable: false),
                    author_id = table.Column<long>(type: "bigint", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_case_note", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_digest_sent",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    local_date = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_digest_sent", x => new { x.member_id, x.local_date });
                });

            migrationBuilder.CreateTable(
                name: "home_export_archive",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    operation_id = table.Column<long>(type: "bigint", nullable: false),
                    file_id = table.Column<long>(type: "bigint", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_export_archive", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_hidden_thing",
                columns: table => new
                {
                    thing = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_hidden_thing", x => x.thing);
                });

            migrationBuilder.CreateTable(
                name: "home_mute",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_mute", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_notice",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    room = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: false),
                    actor_id = table.Column<long>(type: "bigint", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    href = table.Column<string>(type: "text", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    shown = table.Column<bool>(type: "boolean", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    latest_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_notice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_notice_part",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    notice_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    once = table.Column<string>(type: "text", nullable: true),
                    actor_id = table.Column<long>(type: "bigint", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_notice_part", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<string>(name: "event", type: "text", nullable: false),
                    subscriber = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: false),
                    outside = table.Column<bool>(type: "boolean", nullable: false),
                    partition_key = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    dead_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_preference",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    channels = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_preference", x => new { x.member_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "home_push_claim",
                columns: table => new
                {
                    notice_id = table.Column<long>(type: "bigint", nullable: false),
                    push_id = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_push_claim", x => new { x.notice_id, x.push_id });
                });

            migrationBuilder.CreateTable(
                name: "home_push_device",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    endpoint = table.Column<string>(type: "text", nullable: false),
                    endpoint_hash = table.Column<string>(type: "text", nullable: false),
                    p256dh = table.Column<string>(type: "text", nullable: false),
                    auth = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_push_device", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_reader",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    digest_hour = table.Column<int>(type: "integer", nullable: true),
                    quiet_from = table.Column<int>(type: "integer", nullable: true),
                    quiet_until = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_reader", x => x.member_id);
                });

            migrationBuilder.CreateTable(
                name: "home_report",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    case_id = table.Column<long>(type: "bigint", nullable: false),
                    reporter_id = table.Column<long>(type: "bigint", nullable: true),
                    category = table.Column<string>(type: "text", nullable: false),
                    comment = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_report", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_sanction",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    case_id = table.Column<long>(type: "bigint", nullable: true),
                    what = table.Column<string>(type: "text", nullable: false),
                    measure = table.Column<string>(type: "text", nullable: true),
                    done = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    appeal = table.Column<string>(type: "text", nullable: true),
                    appealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decision = table.Column<string>(type: "text", nullable: true),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_sanction", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_standing_measure",
                columns: table => new
                {
                    thing = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_standing_measure", x => new { x.thing, x.key });
                });

            migrationBuilder.CreateTable(
                name: "home_told",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    once = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_told", x => new { x.member_id, x.once });
                });

            migrationBuilder.CreateTable(
                name: "home_webhook",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    owner_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    events = table.Column<string>(type: "text", nullable: false),
                    secret = table.Column<string>(type: "text", nullable: false),
                    old_secret = table.Column<string>(type: "text", nullable: true),
                    old_secret_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    disabled_reason = table.Column<string>(type: "text", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    failing_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_webhook", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_webhook_attempt",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    delivery_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    milliseconds = table.Column<int>(type: "integer", nullable: false),
                    excerpt = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_webhook_attempt", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "home_webhook_delivery",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    webhook_id = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    turn = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_home_webhook_delivery", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_home_case_owner_id",
                table: "home_case",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_home_case_state_id",
                table: "home_case",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_home_case_thing",
                table: "home_case",
                column: "thing",
                unique: true,
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_home_case_note_case_id_id",
                table: "home_case_note",
                columns: new[] { "case_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_home_digest_sent_at",
                table: "home_digest_sent",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_home_export_archive_expires_at",
                table: "home_export_archive",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_home_export_archive_member_id_id",
                table: "home_export_archive",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_home_export_archive_operation_id",
                table: "home_export_archive",
                column: "operation_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_home_mute_member_id_cause",
                table: "home_mute",
                columns: new[] { "member_id", "cause" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_home_notice_latest_at",
                table: "home_notice",
                column: "latest_at");

            migrationBuilder.CreateIndex(
                name: "ix_home_notice_member_id_latest_at",
                table: "home_notice",
                columns: new[] { "member_id", "latest_at" },
                filter: "read_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_home_notice_member_id_latest_at_id",
                table: "home_notice",
                columns: new[] { "member_id", "latest_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_home_notice_member_id_subject_kind",
                table: "home_notice",
                columns: new[] { "member_id", "subject", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_home_notice_part_member_id_actor_id",
                table: "home_notice_part",
                columns: new[] { "member_id", "actor_id" });

            migrationBuilder.CreateIndex(
                name: "ix_home_notice_part_notice_id",
                table: "home_notice_part",
                column: "notice_id");

            migrationBuilder.CreateIndex(
                name: "ix_home_notice_part_once",
                table: "home_notice_part",
                column: "once",
                filter: "once IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_home_outbox_outside_due_at",
                table: "home_outbox",
                columns: new[] { "outside", "due_at" },
                filter: "dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_home_outbox_subscriber_partition_key_id",
                table: "home_outbox",
                columns: new[] { "subscriber", "partition_key", "id" },
                filter: "partition_key IS NOT NULL AND dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_home_push_claim_at",
                table: "home_push_claim",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_home_push_device_endpoint_hash",
                table: "home_push_device",
                column: "endpoint_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_home_push_device_member_id",
                table: "home_push_device",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_home_reader_member_id",
                table: "home_reader",
                column: "member_id",
                filter: "digest_hour IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_home_report_case_id_reporter_id",
                table: "home_report",
                columns: new[] { "case_id", "reporter_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_home_report_reporter_id",
                table: "home_report",
                column: "reporter_id");

            migrationBuilder.CreateIndex(
                name: "ix_home_sanction_case_id",
                table: "home_sanction",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_home_sanction_id",
                table: "home_sanction",
                column: "id",
                filter: "appealed_at IS NOT NULL AND decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_home_sanction_member_id_id",
                table: "home_sanction",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_home_told_at",
                table: "home_told",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_home_webhook_enabled",
                table: "home_webhook",
                column: "enabled");

            migrationBuilder.CreateIndex(
                name: "ix_home_webhook_owner_id_id",
                table: "home_webhook",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_home_webhook_attempt_delivery_id_id",
                table: "home_webhook_attempt",
                columns: new[] { "delivery_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_home_webhook_delivery_created_at",
                table: "home_webhook_delivery",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_home_webhook_delivery_webhook_id_id",
                table: "home_webhook_delivery",
                columns: new[] { "webhook_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "home_case");

            migrationBuilder.DropTable(
                name: "home_case_note");

            migrationBuilder.DropTable(
                name: "home_digest_sent");

            migrationBuilder.DropTable(
                name: "home_export_archive");

            migrationBuilder.DropTable(
                name: "home_hidden_thing");

            migrationBuilder.DropTable(
                name: "home_mute");

            migrationBuilder.DropTable(
                name: "home_notice");

            migrationBuilder.DropTable(
                name: "home_notice_part");

            migrationBuilder.DropTable(
                name: "home_outbox");

            migrationBuilder.DropTable(
                name: "home_preference");

            migrationBuilder.DropTable(
                name: "home_push_claim");

            migrationBuilder.DropTable(
                name: "home_push_device");

            migrationBuilder.DropTable(
                name: "home_reader");

            migrationBuilder.DropTable(
                name: "home_report");

            migrationBuilder.DropTable(
                name: "home_sanction");

            migrationBuilder.DropTable(
                name: "home_standing_measure");

            migrationBuilder.DropTable(
                name: "home_told");

            migrationBuilder.DropTable(
                name: "home_webhook");

            migrationBuilder.DropTable(
                name: "home_webhook_attempt");

            migrationBuilder.DropTable(
                name: "home_webhook_delivery");
        }
    }
}

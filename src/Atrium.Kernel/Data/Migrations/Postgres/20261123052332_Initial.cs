using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Atrium.Kernel.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "kernel_audience_grant",
                columns: table => new
                {
                    audience = table.Column<long>(type: "bigint", nullable: false),
                    principal = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_audience_grant", x => new { x.audience, x.principal });
                });

            migrationBuilder.CreateTable(
                name: "kernel_audit_entry",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<long>(type: "bigint", nullable: true),
                    client = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    action = table.Column<string>(type: "text", nullable: false),
                    thing = table.Column<string>(type: "text", nullable: true),
                    details = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_audit_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_blob_row",
                columns: table => new
                {
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    refs = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_blob_row", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "kernel_file_record",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    width = table.Column<int>(type: "integer", nullable: true),
                    height = table.Column<int>(type: "integer", nullable: true),
                    blurhash = table.Column<string>(type: "text", nullable: true),
                    owner_id = table.Column<long>(type: "bigint", nullable: true),
                    audience = table.Column<long>(type: "bigint", nullable: false),
                    attached = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    loose_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_file_record", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_idempotent_answer",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    request_hash = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    carried_out = table.Column<bool>(type: "boolean", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    e_tag = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_idempotent_answer", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "kernel_operation",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<long>(type: "bigint", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    done = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: true),
                    message = table.Column<string>(type: "text", nullable: true),
                    input = table.Column<string>(type: "text", nullable: false),
                    result = table.Column<string>(type: "text", nullable: true),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_operation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_outbox",
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
                    table.PrimaryKey("pk_kernel_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_principal_member",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    principal = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_principal_member", x => new { x.member_id, x.principal });
                });

            migrationBuilder.CreateTable(
                name: "kernel_recurring_run",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_recurring_run", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "kernel_stored_data_key",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_stored_data_key", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "kernel_stored_setting",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_stored_setting", x => x.key);
                });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audience_grant_principal",
                table: "kernel_audience_grant",
                column: "principal");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_entry_actor_id_id",
                table: "kernel_audit_entry",
                columns: new[] { "actor_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_entry_thing_id",
                table: "kernel_audit_entry",
                columns: new[] { "thing", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_blob_row_created_at",
                table: "kernel_blob_row",
                column: "created_at",
                filter: "refs = 0");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_file_record_hash",
                table: "kernel_file_record",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_file_record_loose_since",
                table: "kernel_file_record",
                column: "loose_since",
                filter: "loose_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_file_record_owner_id_id",
                table: "kernel_file_record",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_idempotent_answer_created_at",
                table: "kernel_idempotent_answer",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_operation_owner_id_id",
                table: "kernel_operation",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_operation_state_id",
                table: "kernel_operation",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_outbox_outside_due_at",
                table: "kernel_outbox",
                columns: new[] { "outside", "due_at" },
                filter: "dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_outbox_subscriber_partition_key_id",
                table: "kernel_outbox",
                columns: new[] { "subscriber", "partition_key", "id" },
                filter: "partition_key IS NOT NULL AND dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_principal_member_principal",
                table: "kernel_principal_member",
                column: "principal");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kernel_audience_grant");

            migrationBuilder.DropTable(
                name: "kernel_audit_entry");

            migrationBuilder.DropTable(
                name: "kernel_blob_row");

            migrationBuilder.DropTable(
                name: "kernel_file_record");

            migrationBuilder.DropTable(
                name: "kernel_idempotent_answer");

            migrationBuilder.DropTable(
                name: "kernel_operation");

            migrationBuilder.DropTable(
                name: "kernel_outbox");

            migrationBuilder.DropTable(
                name: "kernel_principal_member");

            migrationBuilder.DropTable(
                name: "kernel_recurring_run");

            migrationBuilder.DropTable(
                name: "kernel_stored_data_key");

            migrationBuilder.DropTable(
                name: "kernel_stored_setting");
        }
    }
}

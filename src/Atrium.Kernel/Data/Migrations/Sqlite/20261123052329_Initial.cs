using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Atrium.Kernel.Data.Migrations.Sqlite
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
                    audience = table.Column<long>(type: "INTEGER", nullable: false),
                    principal = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_audience_grant", x => new { x.audience, x.principal });
                });

            migrationBuilder.CreateTable(
                name: "kernel_audit_entry",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_id = table.Column<long>(type: "INTEGER", nullable: true),
                    client = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    thing = table.Column<string>(type: "TEXT", nullable: true),
                    details = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_audit_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_blob_row",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    length = table.Column<long>(type: "INTEGER", nullable: false),
                    refs = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_blob_row", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "kernel_file_record",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    length = table.Column<long>(type: "INTEGER", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    width = table.Column<int>(type: "INTEGER", nullable: true),
                    height = table.Column<int>(type: "INTEGER", nullable: true),
                    blurhash = table.Column<string>(type: "TEXT", nullable: true),
                    owner_id = table.Column<long>(type: "INTEGER", nullable: true),
                    audience = table.Column<long>(type: "INTEGER", nullable: false),
                    attached = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    loose_since = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_file_record", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_idempotent_answer",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    request_hash = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    carried_out = table.Column<bool>(type: "INTEGER", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    content_type = table.Column<string>(type: "TEXT", nullable: true),
                    location = table.Column<string>(type: "TEXT", nullable: true),
                    e_tag = table.Column<string>(type: "TEXT", nullable: true),
                    body = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_idempotent_answer", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "kernel_operation",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    owner_id = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    done = table.Column<long>(type: "INTEGER", nullable: false),
                    total = table.Column<long>(type: "INTEGER", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: true),
                    input = table.Column<string>(type: "TEXT", nullable: false),
                    result = table.Column<string>(type: "TEXT", nullable: true),
                    cancel_requested = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_operation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_outbox",
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
                    table.PrimaryKey("pk_kernel_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_principal_member",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    principal = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_principal_member", x => new { x.member_id, x.principal });
                });

            migrationBuilder.CreateTable(
                name: "kernel_recurring_run",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_recurring_run", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "kernel_stored_data_key",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    xml = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_stored_data_key", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "kernel_stored_setting",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false)
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

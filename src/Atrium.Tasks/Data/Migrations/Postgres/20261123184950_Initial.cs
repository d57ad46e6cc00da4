using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Atrium.Tasks.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "tasks_access_row",
                columns: table => new
                {
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_access_row", x => x.project_id);
                });

            migrationBuilder.CreateTable(
                name: "tasks_agenda_choice",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    hour = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_agenda_choice", x => x.member_id);
                });

            migrationBuilder.CreateTable(
                name: "tasks_csv_choice",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    header = table.Column<string>(type: "text", nullable: false),
                    mapping = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_csv_choice", x => new { x.member_id, x.header });
                });

            migrationBuilder.CreateTable(
                name: "tasks_digest_sent",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    local_date = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_digest_sent", x => new { x.member_id, x.local_date });
                });

            migrationBuilder.CreateTable(
                name: "tasks_feed_key",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    filter_id = table.Column<long>(type: "bigint", nullable: true),
                    key_hash = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_feed_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tasks_outbox",
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
                    table.PrimaryKey("pk_tasks_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tasks_project",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    personal_of = table.Column<long>(type: "bigint", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    color = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    visibility = table.Column<string>(type: "text", nullable: false),
                    audience_ref = table.Column<long>(type: "bigint", nullable: false),
                    next_number = table.Column<long>(type: "bigint", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    horizon = table.Column<long>(type: "bigint", nullable: false),
                    components = table.Column<string>(type: "text", nullable: false),
                    calendar_name = table.Column<string>(type: "text", nullable: false),
                    rank = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_by = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deletion_id = table.Column<long>(type: "bigint", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hidden_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_project", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tasks_reminder_fire",
                columns: table => new
                {
                    reminder_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    instance_sort = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_reminder_fire", x => new { x.reminder_id, x.member_id, x.instance_sort });
                });

            migrationBuilder.CreateTable(
                name: "tasks_saved_filter",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    owner_id = table.Column<long>(type: "bigint", nullable: false),
                    shared_with = table.Column<long>(type: "bigint", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    query = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_saved_filter", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tasks_watch",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    chosen = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_watch", x => new { x.member_id, x.target });
                });

            migrationBuilder.CreateTable(
                name: "tasks_calendar_object",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    uid = table.Column<string>(type: "text", nullable: false),
                    component = table.Column<string>(type: "text", nullable: false),
                    raw = table.Column<byte[]>(type: "bytea", nullable: false),
                    start_sort = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    end_sort = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_calendar_object", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_calendar_object_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "tasks_project",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_column",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    rank = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    wip_limit = table.Column<int>(type: "integer", nullable: true),
                    is_default = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_column", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_column_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "tasks_project",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_dead_property",
                columns: table => new
                {
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_dead_property", x => new { x.project_id, x.name });
                    table.ForeignKey(
                        name: "fk_tasks_dead_property_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "tasks_project",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_label",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    color = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_label", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_label_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "tasks_project",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_old_key",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    project_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_old_key", x => x.key);
                    table.ForeignKey(
                        name: "fk_tasks_old_key_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "tasks_project",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_project_member",
                columns: table => new
                {
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    principal = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_project_member", x => new { x.project_id, x.principal });
                    table.ForeignKey(
                        name: "fk_tasks_project_member_tasks_project_project_id",
                        column: x => x.project_id,
                        principalTable: "tasks_project",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_tombstone",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    uid = table.Column<string>(type: "text", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    task_id = table.Column<long>(type: "bigint", nullable: true),
                    moved_to = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_tombstone", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_tombstone_tasks_project_project_id",
                        column: x => x.project_id,
                        principalTable: "tasks_project",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_task_item",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    uid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    column_id = table.Column<long>(type: "bigint", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    rank = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    percent = table.Column<int>(type: "integer", nullable: false),
                    percent_manual = table.Column<bool>(type: "boolean", nullable: false),
                    start = table.Column<string>(type: "text", nullable: true),
                    due = table.Column<string>(type: "text", nullable: true),
                    start_sort = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_sort = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_due_sort = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    start_kind = table.Column<string>(type: "text", nullable: true),
                    next_due_kind = table.Column<string>(type: "text", nullable: true),
                    duration = table.Column<string>(type: "text", nullable: true),
                    next_due = table.Column<string>(type: "text", nullable: true),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    completed_by = table.Column<long>(type: "bigint", nullable: true),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    parent_uid_pending = table.Column<string>(type: "text", nullable: true),
                    places = table.Column<int>(type: "integer", nullable: true),
                    cover_file_id = table.Column<long>(type: "bigint", nullable: true),
                    created_by = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    deletion_id = table.Column<long>(type: "bigint", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hidden_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_task_item", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_task_item_tasks_column_column_id",
                        column: x => x.column_id,
                        principalTable: "tasks_column",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_tasks_task_item_tasks_project_project_id",
                        column: x => x.project_id,
                        principalTable: "tasks_project",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_activity",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    actor_id = table.Column<long>(type: "bigint", nullable: true),
                    client = table.Column<string>(type: "text", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false),
                    old = table.Column<string>(type: "text", nullable: true),
                    @new = table.Column<string>(name: "new", type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    correlation = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_activity", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_activity_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_checklist_item",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    done = table.Column<bool>(type: "boolean", nullable: false),
                    rank = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_checklist_item", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_checklist_item_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_dav_resource",
                columns: table => new
                {
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    raw = table.Column<byte[]>(type: "bytea", nullable: true),
                    raw_revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_dav_resource", x => x.task_id);
                    table.ForeignKey(
                        name: "fk_tasks_dav_resource_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_import_ref",
                columns: table => new
                {
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_id = table.Column<string>(type: "text", nullable: false),
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_import_ref", x => new { x.source, x.source_id, x.project_id });
                    table.ForeignKey(
                        name: "fk_tasks_import_ref_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_occurrence",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    recurrence_id = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    before = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_occurrence", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_occurrence_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_place",
                columns: table => new
                {
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    slot_no = table.Column<int>(type: "integer", nullable: true),
                    queued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_place", x => new { x.task_id, x.member_id });
                    table.ForeignKey(
                        name: "fk_tasks_place_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_recurrence",
                columns: table => new
                {
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    rrule = table.Column<string>(type: "text", nullable: false),
                    rdates = table.Column<string>(type: "text", nullable: false),
                    exdates = table.Column<string>(type: "text", nullable: false),
                    mode = table.Column<string>(type: "text", nullable: false),
                    style = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    rotation = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_recurrence", x => x.task_id);
                    table.ForeignKey(
                        name: "fk_tasks_recurrence_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_relation",
                columns: table => new
                {
                    from_id = table.Column<long>(type: "bigint", nullable: false),
                    to_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    lag_seconds = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_relation", x => new { x.from_id, x.to_id, x.kind });
                    table.ForeignKey(
                        name: "fk_tasks_relation_tasks_from_id",
                        column: x => x.from_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_tasks_relation_tasks_to_id",
                        column: x => x.to_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_reminder",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    anchor = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    offset_seconds = table.Column<int>(type: "integer", nullable: true),
                    origin = table.Column<string>(type: "text", nullable: false),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_reminder", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_reminder_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_task_alias",
                columns: table => new
                {
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    task_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_task_alias", x => new { x.project_id, x.number });
                    table.ForeignKey(
                        name: "fk_tasks_task_alias_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_task_assignee",
                columns: table => new
                {
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    next_due_sort = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_task_assignee", x => new { x.task_id, x.member_id });
                    table.ForeignKey(
                        name: "fk_tasks_task_assignee_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_task_file",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    file_ref = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    added_by = table.Column<long>(type: "bigint", nullable: true),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_task_file", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_task_file_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_task_label",
                columns: table => new
                {
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    label_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_task_label", x => new { x.task_id, x.label_id });
                    table.ForeignKey(
                        name: "fk_tasks_task_label_tasks_label_label_id",
                        column: x => x.label_id,
                        principalTable: "tasks_label",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_tasks_task_label_tasks_task_item_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tasks_thing_link",
                columns: table => new
                {
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    thing = table.Column<string>(type: "text", nullable: false),
                    is_source = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks_thing_link", x => new { x.task_id, x.thing });
                    table.ForeignKey(
                        name: "fk_tasks_thing_link_tasks_task_item_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks_task_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_activity_project_id_id",
                table: "tasks_activity",
                columns: new[] { "project_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_activity_task_id_id",
                table: "tasks_activity",
                columns: new[] { "task_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_calendar_object_project_id_name",
                table: "tasks_calendar_object",
                columns: new[] { "project_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_calendar_object_project_id_seq",
                table: "tasks_calendar_object",
                columns: new[] { "project_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_calendar_object_project_id_start_sort",
                table: "tasks_calendar_object",
                columns: new[] { "project_id", "start_sort" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_calendar_object_project_id_uid",
                table: "tasks_calendar_object",
                columns: new[] { "project_id", "uid" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_checklist_item_task_id",
                table: "tasks_checklist_item",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_column_project_id",
                table: "tasks_column",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_dav_resource_project_id_name",
                table: "tasks_dav_resource",
                columns: new[] { "project_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_feed_key_key_hash",
                table: "tasks_feed_key",
                column: "key_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_feed_key_member_id",
                table: "tasks_feed_key",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_import_ref_task_id",
                table: "tasks_import_ref",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_label_project_id",
                table: "tasks_label",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_occurrence_task_id_at",
                table: "tasks_occurrence",
                columns: new[] { "task_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_occurrence_task_id_recurrence_id",
                table: "tasks_occurrence",
                columns: new[] { "task_id", "recurrence_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_old_key_project_id",
                table: "tasks_old_key",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_outbox_outside_due_at",
                table: "tasks_outbox",
                columns: new[] { "outside", "due_at" },
                filter: "dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_outbox_subscriber_partition_key_id",
                table: "tasks_outbox",
                columns: new[] { "subscriber", "partition_key", "id" },
                filter: "partition_key IS NOT NULL AND dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_place_member_id",
                table: "tasks_place",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_place_task_id_slot_no",
                table: "tasks_place",
                columns: new[] { "task_id", "slot_no" },
                unique: true,
                filter: "slot_no IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_project_calendar_name",
                table: "tasks_project",
                column: "calendar_name");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_project_deletion_id",
                table: "tasks_project",
                column: "deletion_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_project_key",
                table: "tasks_project",
                column: "key",
                unique: true,
                filter: "key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_project_parent_id",
                table: "tasks_project",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_project_personal_of",
                table: "tasks_project",
                column: "personal_of",
                unique: true,
                filter: "personal_of IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_project_visibility",
                table: "tasks_project",
                column: "visibility");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_project_member_principal",
                table: "tasks_project_member",
                column: "principal");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_relation_to_id",
                table: "tasks_relation",
                column: "to_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_reminder_task_id",
                table: "tasks_reminder",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_reminder_fire_at",
                table: "tasks_reminder_fire",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_saved_filter_owner_id",
                table: "tasks_saved_filter",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_saved_filter_shared_with",
                table: "tasks_saved_filter",
                column: "shared_with");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_alias_key_number",
                table: "tasks_task_alias",
                columns: new[] { "key", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_alias_task_id",
                table: "tasks_task_alias",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_assignee_member_id_next_due_sort",
                table: "tasks_task_assignee",
                columns: new[] { "member_id", "next_due_sort" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_file_task_id",
                table: "tasks_task_file",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_column_id",
                table: "tasks_task_item",
                column: "column_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_deletion_id",
                table: "tasks_task_item",
                column: "deletion_id",
                filter: "deletion_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_parent_id",
                table: "tasks_task_item",
                column: "parent_id",
                filter: "parent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_project_id_column_id_rank",
                table: "tasks_task_item",
                columns: new[] { "project_id", "column_id", "rank" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_project_id_next_due_sort",
                table: "tasks_task_item",
                columns: new[] { "project_id", "next_due_sort" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_project_id_number",
                table: "tasks_task_item",
                columns: new[] { "project_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_project_id_parent_uid_pending",
                table: "tasks_task_item",
                columns: new[] { "project_id", "parent_uid_pending" },
                filter: "parent_uid_pending IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_project_id_rank",
                table: "tasks_task_item",
                columns: new[] { "project_id", "rank" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_project_id_seq",
                table: "tasks_task_item",
                columns: new[] { "project_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_project_id_uid",
                table: "tasks_task_item",
                columns: new[] { "project_id", "uid" },
                unique: true,
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_item_project_id_uid1",
                table: "tasks_task_item",
                columns: new[] { "project_id", "uid" },
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_task_label_label_id",
                table: "tasks_task_label",
                column: "label_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_thing_link_thing",
                table: "tasks_thing_link",
                column: "thing");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_tombstone_at",
                table: "tasks_tombstone",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_tombstone_project_id_seq",
                table: "tasks_tombstone",
                columns: new[] { "project_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_tombstone_project_id_uid",
                table: "tasks_tombstone",
                columns: new[] { "project_id", "uid" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_watch_target",
                table: "tasks_watch",
                column: "target");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "tasks_access_row");

            migrationBuilder.DropTable(
                name: "tasks_activity");

            migrationBuilder.DropTable(
                name: "tasks_agenda_choice");

            migrationBuilder.DropTable(
                name: "tasks_calendar_object");

            migrationBuilder.DropTable(
                name: "tasks_checklist_item");

            migrationBuilder.DropTable(
                name: "tasks_csv_choice");

            migrationBuilder.DropTable(
                name: "tasks_dav_resource");

            migrationBuilder.DropTable(
                name: "tasks_dead_property");

            migrationBuilder.DropTable(
                name: "tasks_digest_sent");

            migrationBuilder.DropTable(
                name: "tasks_feed_key");

            migrationBuilder.DropTable(
                name: "tasks_import_ref");

            migrationBuilder.DropTable(
                name: "tasks_occurrence");

            migrationBuilder.DropTable(
                name: "tasks_old_key");

            migrationBuilder.DropTable(
                name: "tasks_outbox");

            migrationBuilder.DropTable(
                name: "tasks_place");

            migrationBuilder.DropTable(
                name: "tasks_project_member");

            migrationBuilder.DropTable(
                name: "tasks_recurrence");

            migrationBuilder.DropTable(
                name: "tasks_relation");

            migrationBuilder.DropTable(
                name: "tasks_reminder");

            migrationBuilder.DropTable(
                name: "tasks_reminder_fire");

            migrationBuilder.DropTable(
                name: "tasks_saved_filter");

            migrationBuilder.DropTable(
                name: "tasks_task_alias");

            migrationBuilder.DropTable(
                name: "tasks_task_assignee");

            migrationBuilder.DropTable(
                name: "tasks_task_file");

            migrationBuilder.DropTable(
                name: "tasks_task_label");

            migrationBuilder.DropTable(
                name: "tasks_thing_link");

            migrationBuilder.DropTable(
                name: "tasks_tombstone");

            migrationBuilder.DropTable(
                name: "tasks_watch");

            migrationBuilder.DropTable(
                name: "tasks_label");

            migrationBuilder.DropTable(
                name: "tasks_task_item");

            migrationBuilder.DropTable(
                name: "tasks_column");

            migrationBuilder.DropTable(
                name: "tasks_project");
        }
    }
}

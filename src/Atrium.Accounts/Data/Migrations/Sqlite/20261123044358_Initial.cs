using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Atrium.Accounts.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts_account",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    handle = table.Column<string>(type: "TEXT", nullable: false, collation: "BINARY"),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    email_key = table.Column<string>(type: "TEXT", nullable: false),
                    email_confirmed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    joined_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    bio = table.Column<string>(type: "TEXT", nullable: false),
                    links = table.Column<string>(type: "text", nullable: false),
                    avatar_file = table.Column<long>(type: "INTEGER", nullable: true),
                    header_file = table.Column<long>(type: "INTEGER", nullable: true),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    culture = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    theme = table.Column<string>(type: "TEXT", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    password_changed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    totp_secret = table.Column<string>(type: "TEXT", nullable: true),
                    totp_confirmed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    totp_step = table.Column<long>(type: "INTEGER", nullable: false),
                    invitation_id = table.Column<long>(type: "INTEGER", nullable: true),
                    application = table.Column<string>(type: "TEXT", nullable: true),
                    suspension_reason = table.Column<string>(type: "TEXT", nullable: true),
                    erase_at = table.Column<long>(type: "INTEGER", nullable: true),
                    profile_changed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_account", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_app_password",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_user_agent = table.Column<string>(type: "TEXT", nullable: true),
                    last_address = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_app_password", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_failed_tries",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                    locked_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_failed_tries", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "accounts_group_membership",
                columns: table => new
                {
                    group_id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    joined_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_group_membership", x => new { x.group_id, x.member_id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_group_request",
                columns: table => new
                {
                    group_id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    invited_by = table.Column<long>(type: "INTEGER", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_group_request", x => new { x.group_id, x.member_id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_invitation_link",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    key_hash = table.Column<string>(type: "TEXT", nullable: true),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    most_uses = table.Column<int>(type: "INTEGER", nullable: false),
                    uses = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true),
                    invited_by = table.Column<long>(type: "INTEGER", nullable: true),
                    email = table.Column<string>(type: "TEXT", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_invitation_link", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_mailed_key",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: true),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_mailed_key", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "accounts_member_group",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    handle = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    about = table.Column<string>(type: "TEXT", nullable: false),
                    join = table.Column<string>(type: "TEXT", nullable: false),
                    visibility = table.Column<string>(type: "TEXT", nullable: false),
                    audience = table.Column<long>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_member_group", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_openiddict_application",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<long>(type: "INTEGER", nullable: true),
                    website = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    asked_scopes = table.Column<string>(type: "TEXT", nullable: true),
                    sent_redirects = table.Column<string>(type: "TEXT", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    application_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    client_secret = table.Column<string>(type: "TEXT", nullable: true),
                    client_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    consent_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    display_name = table.Column<string>(type: "TEXT", nullable: true),
                    display_names = table.Column<string>(type: "TEXT", nullable: true),
                    json_web_key_set = table.Column<string>(type: "TEXT", nullable: true),
                    permissions = table.Column<string>(type: "TEXT", nullable: true),
                    post_logout_redirect_uris = table.Column<string>(type: "TEXT", nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    redirect_uris = table.Column<string>(type: "TEXT", nullable: true),
                    requirements = table.Column<string>(type: "TEXT", nullable: true),
                    settings = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_openiddict_application", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_openiddict_scope",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    descriptions = table.Column<string>(type: "TEXT", nullable: true),
                    display_name = table.Column<string>(type: "TEXT", nullable: true),
                    display_names = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    resources = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_openiddict_scope", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_outbox",
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
                    table.PrimaryKey("pk_accounts_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_passkey",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    credential_id = table.Column<string>(type: "TEXT", nullable: false),
                    public_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sign_count = table.Column<long>(type: "INTEGER", nullable: false),
                    transports = table.Column<string>(type: "text", nullable: false),
                    is_user_verified = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_backup_eligible = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_backed_up = table.Column<bool>(type: "INTEGER", nullable: false),
                    attestation_object = table.Column<byte[]>(type: "BLOB", nullable: false),
                    client_data_json = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_passkey", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_personal_token",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    ending = table.Column<string>(type: "TEXT", nullable: false),
                    scopes = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_address = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_personal_token", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_recovery_code",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_recovery_code", x => new { x.member_id, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "accounts_session",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    proved_at = table.Column<long>(type: "INTEGER", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    device = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_session", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_used_handle",
                columns: table => new
                {
                    handle = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_used_handle", x => x.handle);
                });

            migrationBuilder.CreateTable(
                name: "accounts_openiddict_authorization",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    application_id = table.Column<long>(type: "INTEGER", nullable: true),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    creation_date = table.Column<long>(type: "INTEGER", nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    scopes = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_openiddict_authorization", x => x.id);
                    table.ForeignKey(
                        name: "fk_accounts_openiddict_authorization_accounts_openiddict_application_application_id",
                        column: x => x.application_id,
                        principalTable: "accounts_openiddict_application",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "accounts_openiddict_token",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    application_id = table.Column<long>(type: "INTEGER", nullable: true),
                    authorization_id = table.Column<long>(type: "INTEGER", nullable: true),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    creation_date = table.Column<long>(type: "INTEGER", nullable: true),
                    expiration_date = table.Column<long>(type: "INTEGER", nullable: true),
                    payload = table.Column<string>(type: "TEXT", nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    redemption_date = table.Column<long>(type: "INTEGER", nullable: true),
                    reference_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 150, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts_openiddict_token", x => x.id);
                    table.ForeignKey(
                        name: "fk_accounts_openiddict_token_accounts_openiddict_application_application_id",
                        column: x => x.application_id,
                        principalTable: "accounts_openiddict_application",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_accounts_openiddict_token_accounts_openiddict_authorization_authorization_id",
                        column: x => x.authorization_id,
                        principalTable: "accounts_openiddict_authorization",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_account_email_key",
                table: "accounts_account",
                column: "email_key",
                unique: true,
                filter: "email_confirmed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_account_erase_at",
                table: "accounts_account",
                column: "erase_at");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_account_handle",
                table: "accounts_account",
                column: "handle",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_account_state_id",
                table: "accounts_account",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_app_password_member_id_id",
                table: "accounts_app_password",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_failed_tries_last_at",
                table: "accounts_failed_tries",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_group_membership_member_id",
                table: "accounts_group_membership",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_group_request_member_id",
                table: "accounts_group_request",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_invitation_link_key_hash",
                table: "accounts_invitation_link",
                column: "key_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_mailed_key_expires_at",
                table: "accounts_mailed_key",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_mailed_key_member_id",
                table: "accounts_mailed_key",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_member_group_handle",
                table: "accounts_member_group",
                column: "handle",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_openiddict_application_client_id",
                table: "accounts_openiddict_application",
                column: "client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_openiddict_application_owner_id_id",
                table: "accounts_openiddict_application",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_openiddict_authorization_application_id_status_subject_type",
                table: "accounts_openiddict_authorization",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_openiddict_authorization_subject_id",
                table: "accounts_openiddict_authorization",
                columns: new[] { "subject", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_openiddict_scope_name",
                table: "accounts_openiddict_scope",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_openiddict_token_application_id_status_subject_type",
                table: "accounts_openiddict_token",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_openiddict_token_authorization_id",
                table: "accounts_openiddict_token",
                column: "authorization_id");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_openiddict_token_expiration_date",
                table: "accounts_openiddict_token",
                column: "expiration_date");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_openiddict_token_reference_id",
                table: "accounts_openiddict_token",
                column: "reference_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_outbox_outside_due_at",
                table: "accounts_outbox",
                columns: new[] { "outside", "due_at" },
                filter: "dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_outbox_subscriber_partition_key_id",
                table: "accounts_outbox",
                columns: new[] { "subscriber", "partition_key", "id" },
                filter: "partition_key IS NOT NULL AND dead_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_passkey_credential_id",
                table: "accounts_passkey",
                column: "credential_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_passkey_member_id",
                table: "accounts_passkey",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_personal_token_expires_at",
                table: "accounts_personal_token",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_personal_token_hash",
                table: "accounts_personal_token",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_personal_token_member_id_id",
                table: "accounts_personal_token",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_session_expires_at",
                table: "accounts_session",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_session_member_id",
                table: "accounts_session",
                column: "member_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts_account");

            migrationBuilder.DropTable(
                name: "accounts_app_password");

            migrationBuilder.DropTable(
                name: "accounts_failed_tries");

            migrationBuilder.DropTable(
                name: "accounts_group_membership");

            migrationBuilder.DropTable(
                name: "accounts_group_request");

            migrationBuilder.DropTable(
                name: "accounts_invitation_link");

            migrationBuilder.DropTable(
                name: "accounts_mailed_key");

            migrationBuilder.DropTable(
                name: "accounts_member_group");

            migrationBuilder.DropTable(
                name: "accounts_openiddict_scope");

            migrationBuilder.DropTable(
                name: "accounts_openiddict_token");

            migrationBuilder.DropTable(
                name: "accounts_outbox");

            migrationBuilder.DropTable(
                name: "accounts_passkey");

            migrationBuilder.DropTable(
                name: "accounts_personal_token");

            migrationBuilder.DropTable(
                name: "accounts_recovery_code");

            migrationBuilder.DropTable(
                name: "accounts_session");

            migrationBuilder.DropTable(
                name: "accounts_used_handle");

            migrationBuilder.DropTable(
                name: "accounts_openiddict_authorization");

            migrationBuilder.DropTable(
                name: "accounts_openiddict_application");
        }
    }
}

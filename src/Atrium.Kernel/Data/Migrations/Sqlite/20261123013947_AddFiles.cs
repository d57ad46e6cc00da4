using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Atrium.Kernel.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kernel_blob_row");

            migrationBuilder.DropTable(
                name: "kernel_file_record");
        }
    }
}

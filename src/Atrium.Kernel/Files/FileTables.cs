using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Files;

/// <summary>the tables <c>kernel_file_record</c> and <c>kernel_blob_row</c>.</summary>
internal static class FileTables
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<BlobRow>(b =>
        {
            b.HasKey(x => x.Hash);
            b.Property(x => x.Hash).HasMaxLength(64);
            b.HasIndex(x => x.CreatedAt).HasFilter("refs = 0");
        });
        model.Entity<FileRecord>(f =>
        {
            f.HasIndex(x => x.Hash);
            f.HasIndex(x => new { x.OwnerId, x.Id });
            f.HasIndex(x => x.LooseSince).HasFilter("loose_since IS NOT NULL");
            f.Ignore(x => x.Url);
        });
    }
}

using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Data;

public abstract partial class ModuleDb
{
    private const string SharedTable = "atrium:shared";

    /// <summary>Who each stored audience lists.</summary>
    public DbSet<AudienceGrant> AudienceGrants => Set<AudienceGrant>();

    /// <summary>Who belongs to each principal.</summary>
    public DbSet<PrincipalMember> PrincipalMembers => Set<PrincipalMember>();

    /// <summary>The audit log. Append only: the database itself refuses to change or remove a row.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    // The platform's own tables that modules read and write inside their own transactions.
    private void MapShared(ModelBuilder model)
    {
        model.Entity<AudienceGrant>(g =>
        {
            g.HasKey(x => new { x.Audience, x.Principal });
            g.HasIndex(x => x.Principal);
        });
        model.Entity<PrincipalMember>(p =>
        {
            p.HasKey(x => new { x.MemberId, x.Principal });
            p.HasIndex(x => x.Principal);
        });
        model.Entity<AuditEntry>(a =>
        {
            a.HasIndex(x => new { x.Thing, x.Id });
            a.HasIndex(x => new { x.ActorId, x.Id });
        });

        foreach (var type in (Type[])[typeof(AudienceGrant), typeof(PrincipalMember), typeof(AuditEntry)])
        {
            var entity = model.Entity(type);
            entity.HasAnnotation(SharedTable, true);
            if (this is not KernelDb) entity.ToTable(SnakeCase.Of(type.Name), t => t.ExcludeFromMigrations());
        }
    }
}

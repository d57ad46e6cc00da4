using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Home's own tables: what members are told, what moderators look into, webhooks, exports.</summary>
internal abstract class HomeDb(DbContextOptions options, DbHouse house) : ModuleDb(options, house)
{
    public const string Name = "home";

    public override string Module => Name;

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<NoticePart> NoticeParts => Set<NoticePart>();

    public DbSet<Told> Told => Set<Told>();

    public DbSet<Reader> Readers => Set<Reader>();

    public DbSet<Preference> Preferences => Set<Preference>();

    public DbSet<Mute> Mutes => Set<Mute>();

    public DbSet<DigestSent> DigestsSent => Set<DigestSent>();

    public DbSet<PushDevice> PushDevices => Set<PushDevice>();

    public DbSet<PushClaim> PushClaims => Set<PushClaim>();

    public DbSet<Case> Cases => Set<Case>();

    public DbSet<Report> Reports => Set<Report>();

    public DbSet<CaseNote> CaseNotes => Set<CaseNote>();

    public DbSet<HiddenThing> HiddenThings => Set<HiddenThing>();

    public DbSet<StandingMeasure> Measures => Set<StandingMeasure>();

    public DbSet<Sanction> Sanctions => Set<Sanction>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();

    public DbSet<ExportArchive> ExportArchives => Set<ExportArchive>();

    protected override void Map(ModelBuilder model)
    {
        MapInbox(model);
        MapModeration(model);
        MapOutward(model);
    }

    private static void MapInbox(ModelBuilder model)
    {
        model.Entity<Notice>(n =>
        {
            n.HasIndex(x => new { x.MemberId, x.LatestAt, x.Id });
            n.HasIndex(x => new { x.MemberId, x.LatestAt }, "ix_home_notice_unread").HasFilter("read_at IS NULL");
            n.HasIndex(x => new { x.MemberId, x.Subject, x.Kind });
            n.HasIndex(x => x.LatestAt);
        });
        model.Entity<NoticePart>(p =>
        {
            p.HasIndex(x => x.NoticeId);
            p.HasIndex(x => x.Once).HasFilter("once IS NOT NULL");
            p.HasIndex(x => new { x.MemberId, x.ActorId });
        });
        model.Entity<Told>(t =>
        {
            t.HasKey(x => new { x.MemberId, x.Once });
            t.HasIndex(x => x.At);
        });
        model.Entity<Reader>(r =>
        {
            r.HasKey(x => x.MemberId);
            r.HasIndex(x => x.MemberId, "ix_home_reader_digest").HasFilter("digest_hour IS NOT NULL");
        });
        model.Entity<Preference>(p =>
        {
            p.HasKey(x => new { x.MemberId, x.Kind });
        });
        model.Entity<Mute>().HasIndex(m => new { m.MemberId, m.Cause }).IsUnique();
        model.Entity<DigestSent>(d =>
        {
            d.HasKey(x => new { x.MemberId, x.LocalDate });
            d.HasIndex(x => x.At);
        });
        model.Entity<PushDevice>(p =>
        {
            p.HasIndex(x => x.EndpointHash).IsUnique();
            p.HasIndex(x => x.MemberId);
        });
        model.Entity<PushClaim>(c =>
        {
            c.HasKey(x => new { x.NoticeId, x.PushId });
            c.HasIndex(x => x.At);
        });
    }

    private static void MapModeration(ModelBuilder model)
    {
        model.Entity<Case>(c =>
        {
            c.HasIndex(x => x.Thing, "ix_home_case_open").IsUnique().HasFilter("state = 'Open'");
            c.HasIndex(x => new { x.State, x.Id });
            c.HasIndex(x => x.OwnerId);
        });
        model.Entity<Report>(r =>
        {
            r.HasIndex(x => new { x.CaseId, x.ReporterId }).IsUnique();
            r.HasIndex(x => x.ReporterId);
        });
        model.Entity<CaseNote>().HasIndex(n => new { n.CaseId, n.Id });
        model.Entity<HiddenThing>().HasKey(h => h.Thing);
        model.Entity<StandingMeasure>().HasKey(m => new { m.Thing, m.Key });
        model.Entity<Sanction>(s =>
        {
            s.HasIndex(x => new { x.MemberId, x.Id });
            s.HasIndex(x => x.CaseId);
            s.Ignore(x => x.Words);
            s.HasIndex(x => x.Id, "ix_home_sanction_appealed").HasFilter("appealed_at IS NOT NULL AND decided_at IS NULL");
        });
    }

    private static void MapOutward(ModelBuilder model)
    {
        model.Entity<Webhook>(w =>
        {
            w.HasIndex(x => new { x.OwnerId, x.Id });
            w.HasIndex(x => x.Enabled);
        });
        model.Entity<WebhookDelivery>(d =>
        {
            d.HasIndex(x => new { x.WebhookId, x.Id });
            d.HasIndex(x => x.CreatedAt);
        });
        model.Entity<WebhookAttempt>().HasIndex(a => new { a.DeliveryId, a.Id });
        model.Entity<ExportArchive>(e =>
        {
            e.HasIndex(x => x.OperationId).IsUnique();
            e.HasIndex(x => new { x.MemberId, x.Id });
            e.HasIndex(x => x.ExpiresAt);
        });
    }
}

internal sealed class SqliteHomeDb(DbContextOptions<SqliteHomeDb> options, DbHouse house) : HomeDb(options, house);

internal sealed class PostgresHomeDb(DbContextOptions<PostgresHomeDb> options, DbHouse house) : HomeDb(options, house);

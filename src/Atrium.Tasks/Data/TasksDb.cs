using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Projects, tasks and all that hangs on them.</summary>
internal abstract partial class TasksDb(DbContextOptions options, DbHouse house) : ModuleDb(options, house)
{
    public const string Name = "tasks";

    public override string Module => Name;

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ProjectMember> ProjectMembers => Set<ProjectMember>();

    public DbSet<Column> Columns => Set<Column>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<TaskItem> Tasks => Set<TaskItem>();

    public DbSet<TaskAssignee> Assignees => Set<TaskAssignee>();

    public DbSet<TaskLabel> TaskLabels => Set<TaskLabel>();

    public DbSet<ChecklistItem> Checklist => Set<ChecklistItem>();

    public DbSet<Reminder> Reminders => Set<Reminder>();

    public DbSet<ReminderFire> ReminderFires => Set<ReminderFire>();

    public DbSet<Place> Places => Set<Place>();

    public DbSet<Recurrence> Recurrences => Set<Recurrence>();

    public DbSet<Occurrence> Occurrences => Set<Occurrence>();

    public DbSet<Relation> Relations => Set<Relation>();

    public DbSet<TaskFile> Files => Set<TaskFile>();

    public DbSet<ThingLink> Links => Set<ThingLink>();

    public DbSet<Activity> Activities => Set<Activity>();

    public DbSet<Tombstone> Tombstones => Set<Tombstone>();

    public DbSet<TaskAlias> Aliases => Set<TaskAlias>();

    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();

    public DbSet<Watch> Watches => Set<Watch>();

    public DbSet<FeedKey> Feeds => Set<FeedKey>();

    public DbSet<ImportRef> ImportRefs => Set<ImportRef>();

    public DbSet<DigestSent> DigestsSent => Set<DigestSent>();

    public DbSet<AgendaChoice> AgendaChoices => Set<AgendaChoice>();

    public DbSet<CsvChoice> CsvChoices => Set<CsvChoice>();

    public DbSet<DavResource> DavResources => Set<DavResource>();

    public DbSet<CalendarObject> CalendarObjects => Set<CalendarObject>();

    public DbSet<DeadProperty> DeadProperties => Set<DeadProperty>();

    public DbSet<OldKey> OldKeys => Set<OldKey>();

    protected override void Map(ModelBuilder model)
    {
        MapProjects(model);
        MapTasks(model);
        MapParts(model);
        MapRecords(model);
        model.Entity<AccessRow>().ToView(null).HasKey(a => a.ProjectId);

        // All our ids are made here, so a row with an id is a new one unless it was read.
        foreach (var entity in model.Model.GetEntityTypes())
            if (entity.FindPrimaryKey() is { } key && typeof(TasksDb).Assembly == entity.ClrType.Assembly)
                foreach (var property in key.Properties)
                    property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
    }
}

internal sealed class SqliteTasksDb(DbContextOptions<SqliteTasksDb> options, DbHouse house) : TasksDb(options, house);

internal sealed class PostgresTasksDb(DbContextOptions<PostgresTasksDb> options, DbHouse house) : TasksDb(options, house);

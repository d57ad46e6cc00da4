using System.Text.Json;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Atrium.Tasks;

internal abstract partial class TasksDb
{
    private void MapProjects(ModelBuilder model)
    {
        model.Entity<Project>(p =>
        {
            p.Ignore(x => x.Audience);
            p.Ignore(x => x.IsPersonal);
            p.Ignore(x => x.OpenTo);
            p.Property(x => x.Key).UseCollation(ByteOrder);
            p.Property(x => x.Rank).UseCollation(ByteOrder);
            p.Property(x => x.Revision).IsConcurrencyToken();

            // UPDATE … RETURNING is the only writer of both.
            p.Property(x => x.Seq).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            p.Property(x => x.Horizon).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            p.Property(x => x.NextNumber).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            p.HasIndex(x => x.Key).IsUnique().HasFilter("key IS NOT NULL");
            p.HasIndex(x => x.PersonalOf).IsUnique().HasFilter("personal_of IS NOT NULL");
            p.HasIndex(x => x.ParentId);
            p.HasIndex(x => x.Visibility);
            p.HasIndex(x => x.DeletionId);
            p.HasIndex(x => x.CalendarName);
            p.HasMany(x => x.Members).WithOne().HasForeignKey(x => x.ProjectId);
            p.HasMany(x => x.Columns).WithOne().HasForeignKey(x => x.ProjectId);
            p.HasMany(x => x.Labels).WithOne().HasForeignKey(x => x.ProjectId);
        });
        model.Entity<OldKey>(k =>
        {
            k.HasKey(x => x.Key);
            k.HasOne<Project>().WithMany().HasForeignKey(x => x.ProjectId);
        });
        model.Entity<ProjectMember>(m =>
        {
            m.HasKey(x => new { x.ProjectId, x.Principal });
            m.HasIndex(x => x.Principal);
        });
        model.Entity<Column>(c =>
        {
            c.Property(x => x.Rank).UseCollation(ByteOrder);
            c.Ignore(x => x.IsOpen);
        });
    }

    private void MapTasks(ModelBuilder model)
    {
        model.Entity<TaskItem>(t =>
        {
            t.Ignore(x => x.News);
            t.Ignore(x => x.Queue);
            t.Property(x => x.Rank).UseCollation(ByteOrder);
            t.Property(x => x.Uid).UseCollation(ByteOrder);
            t.Property(x => x.Revision).IsConcurrencyToken();
            Text(t.Property(x => x.Start));
            Text(t.Property(x => x.Due));
            Text(t.Property(x => x.NextDue));
            t.HasOne<Project>().WithMany().HasForeignKey(x => x.ProjectId);
            t.HasOne<Column>().WithMany().HasForeignKey(x => x.ColumnId).OnDelete(DeleteBehavior.NoAction);
            t.HasIndex(x => new { x.ProjectId, x.Seq });
            t.HasIndex(x => new { x.ProjectId, x.ColumnId, x.Rank });
            t.HasIndex(x => new { x.ProjectId, x.Rank }).IsUnique();
            t.HasIndex(x => new { x.ProjectId, x.Number }).IsUnique();
            t.HasIndex(x => new { x.ProjectId, x.Uid }).IsUnique().HasFilter("deleted_at IS NULL");
            t.HasIndex(x => new { x.ProjectId, x.Uid }, "ix_tasks_task_item_trashed_uid").HasFilter("deleted_at IS NOT NULL");
            t.HasIndex(x => new { x.ProjectId, x.NextDueSort });
            // Most tasks have neither; with them in, statistics would have the planner walk the whole table.
            t.HasIndex(x => x.ParentId).HasFilter("parent_id IS NOT NULL");
            t.HasIndex(x => x.DeletionId).HasFilter("deletion_id IS NOT NULL");
            t.HasIndex(x => new { x.ProjectId, x.ParentUidPending }).HasFilter("parent_uid_pending IS NOT NULL");
            t.HasOne(x => x.Recurrence).WithOne().HasForeignKey<Recurrence>(x => x.TaskId);
            t.HasMany(x => x.Assignees).WithOne().HasForeignKey(x => x.TaskId);
            t.HasMany(x => x.Labels).WithOne().HasForeignKey(x => x.TaskId);
            t.HasMany(x => x.Checklist).WithOne().HasForeignKey(x => x.TaskId);
            t.HasMany(x => x.Reminders).WithOne().HasForeignKey(x => x.TaskId);
            t.HasMany(x => x.PlaceRows).WithOne().HasForeignKey(x => x.TaskId);
            t.HasMany(x => x.Occurrences).WithOne().HasForeignKey(x => x.TaskId);
        });
        model.Entity<Recurrence>(r =>
        {
            r.HasKey(x => x.TaskId);
            r.Ignore(x => x.Rule);
            r.Ignore(x => x.FirstInstance);
            r.Property(x => x.Rotation).HasColumnType("text").HasConversion((ValueConverter)new RotationToJson());
        });
        model.Entity<Occurrence>(o =>
        {
            o.HasIndex(x => new { x.TaskId, x.RecurrenceId }).IsUnique();
            o.HasIndex(x => new { x.TaskId, x.At });
        });
    }

    private void MapParts(ModelBuilder model)
    {
        model.Entity<TaskAssignee>(a =>
        {
            a.HasKey(x => new { x.TaskId, x.MemberId });
            a.HasIndex(x => new { x.MemberId, x.NextDueSort });
        });
        model.Entity<TaskLabel>(l =>
        {
            l.HasKey(x => new { x.TaskId, x.LabelId });
            l.HasOne<Label>().WithMany().HasForeignKey(x => x.LabelId);
        });
        model.Entity<ChecklistItem>().Property(x => x.Rank).UseCollation(ByteOrder);
        model.Entity<ReminderFire>(f =>
        {
            f.HasKey(x => new { x.ReminderId, x.MemberId, x.InstanceSort });
            f.HasIndex(x => x.At);
        });
        model.Entity<Place>(p =>
        {
            p.HasKey(x => new { x.TaskId, x.MemberId });
            p.HasIndex(x => new { x.TaskId, x.SlotNo }).IsUnique().HasFilter("slot_no IS NOT NULL");
            p.HasIndex(x => x.MemberId);
        });
        model.Entity<Relation>(r =>
        {
            r.Property(x => x.From).HasColumnName("from_id");
            r.Property(x => x.To).HasColumnName("to_id");
            r.HasKey(x => new { x.From, x.To, x.Kind });
            r.HasIndex(x => x.To);
            r.Ignore(x => x.Orders);
            r.HasOne<TaskItem>().WithMany().HasForeignKey(x => x.From);
            r.HasOne<TaskItem>().WithMany().HasForeignKey(x => x.To);
        });
        model.Entity<TaskFile>().HasOne<TaskItem>().WithMany().HasForeignKey(x => x.TaskId);
        model.Entity<ThingLink>(l =>
        {
            l.HasKey(x => new { x.TaskId, x.Thing });
            l.HasIndex(x => x.Thing);
            l.HasOne<TaskItem>().WithMany().HasForeignKey(x => x.TaskId);
        });
    }

    private void MapRecords(ModelBuilder model)
    {
        model.Entity<Activity>(a =>
        {
            a.HasIndex(x => new { x.TaskId, x.Id });
            a.HasIndex(x => new { x.ProjectId, x.Id });
            a.HasOne<TaskItem>().WithMany().HasForeignKey(x => x.TaskId);
        });
        model.Entity<Tombstone>(t =>
        {
            t.HasIndex(x => new { x.ProjectId, x.Seq });
            t.HasIndex(x => new { x.ProjectId, x.Uid });
            t.HasIndex(x => x.At);
            t.HasOne<Project>().WithMany().HasForeignKey(x => x.ProjectId);
        });
        model.Entity<TaskAlias>(a =>
        {
            a.HasKey(x => new { x.ProjectId, x.Number });
            a.HasIndex(x => new { x.Key, x.Number });
            a.HasOne<TaskItem>().WithMany().HasForeignKey(x => x.TaskId);
        });
        model.Entity<SavedFilter>(f =>
        {
            f.Property(x => x.Revision).IsConcurrencyToken();
            f.HasIndex(x => x.OwnerId);
            f.HasIndex(x => x.SharedWith);
        });
        model.Entity<Watch>(w =>
        {
            w.HasKey(x => new { x.MemberId, x.Target });
            w.HasIndex(x => x.Target);
        });
        model.Entity<FeedKey>(f =>
        {
            f.HasIndex(x => x.KeyHash).IsUnique();
            f.HasIndex(x => x.MemberId);
        });
        model.Entity<ImportRef>(r =>
        {
            r.HasKey(x => new { x.Source, x.SourceId, x.ProjectId });
            r.HasOne<TaskItem>().WithMany().HasForeignKey(x => x.TaskId);
        });
        model.Entity<AgendaChoice>().HasKey(c => c.MemberId);
        model.Entity<CsvChoice>().HasKey(c => new { c.MemberId, c.Header });
        model.Entity<DigestSent>().HasKey(d => new { d.MemberId, d.LocalDate });
        model.Entity<DavResource>(d =>
        {
            d.HasKey(x => x.TaskId);
            d.Property(x => x.Name).UseCollation(ByteOrder);
            d.HasIndex(x => new { x.ProjectId, x.Name }).IsUnique();
            d.HasOne<TaskItem>().WithMany().HasForeignKey(x => x.TaskId);
        });
        model.Entity<CalendarObject>(o =>
        {
            o.Property(x => x.Name).UseCollation(ByteOrder);
            o.HasIndex(x => new { x.ProjectId, x.Seq });
            o.HasIndex(x => new { x.ProjectId, x.Name }).IsUnique();
            o.HasIndex(x => new { x.ProjectId, x.Uid });
            o.HasIndex(x => new { x.ProjectId, x.StartSort });
            o.HasOne<Project>().WithMany().HasForeignKey(x => x.ProjectId);
        });
        model.Entity<DeadProperty>(d =>
        {
            d.HasKey(x => new { x.ProjectId, x.Name });
            d.HasOne<Project>().WithMany().HasForeignKey(x => x.ProjectId);
        });
    }

    private static void Text(PropertyBuilder<When?> when) => when.HasColumnType("text").HasConversion((ValueConverter)new WhenToText());

    private sealed class WhenToText() : ValueConverter<When, string>(when => when.ToString(), text => When.Parse(text, "due"));

    private sealed record RotationRow(List<Id<Member>> Members, RotationStrategy Strategy, int Cursor);

    private sealed class RotationToJson() : ValueConverter<Rotation, string>(
        rotation => JsonSerializer.Serialize(new RotationRow(rotation.Members, rotation.Strategy, rotation.Cursor), JsonSerializerOptions.Default),
        text => Read(text))
    {
        private static Rotation Read(string text)
        {
            var row = JsonSerializer.Deserialize<RotationRow>(text, JsonSerializerOptions.Default)!;
            return new(row.Members, row.Strategy, row.Cursor);
        }
    }
}

using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Shows how a CSV file would be read: its shape, what each column becomes, and the first tasks. Writes nothing.</summary>
internal static class PreviewImport
{
    private const int Shown = 10;

    public sealed record PreviewTask(string Source, string Title, string Status, string Category, string? Due, int Priority, IReadOnlyList<string> Labels, IReadOnlyList<string> Assignees, string? Parent);

    /// <param name="Columns">The file's own columns, in order.</param>
    /// <param name="Mapping">Index of the column for each target.</param>
    /// <param name="Losses">What would be lost, field by field.</param>
    public sealed record Preview(
        string Delimiter, string Quote, bool HasHeader, string? DateFormat, bool DatesAmbiguous, bool Todoist,
        IReadOnlyList<string> Columns, IReadOnlyDictionary<string, int> Mapping, IReadOnlyList<string> Targets,
        int Tasks, int Skipped, IReadOnlyDictionary<string, int> Losses, IReadOnlyList<PreviewTask> First);

    public static void Map(RouteGroupBuilder tasks) => tasks.MapPost("/imports/preview", async (IFormFile file, [FromForm] string? mapping, TimeProvider clock, Actor actor, CancellationToken ct) =>
        {
            await using var content = file.OpenReadStream();
            return await HandleAsync(content, file.FileName, mapping, clock, actor, ct);
        })
        .Operation("previewImport", "Shows how a CSV file would be read, and writes nothing", "tasks:read", RateClass.Heavy, "import_format", "bad_mapping", "too_large");

    public static async Task<Preview> HandleAsync(Stream content, string fileName, string? mapping, TimeProvider clock, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var file = await ImportTasks.ReadAsync(content, ct);
        var options = new ImportOptions { Mapping = MappingOption.Read(mapping) };
        var shape = MappingOption.ShapeOf(CsvImport.Decode(file), options.Mapping);
        var columns = options.Mapping?.Columns is null ? CsvMapping.Guess(shape.Columns) : options.Mapping.ToMapping(shape);
        var plan = options.Plan("csv", file, fileName, Zones.Of(actor), Instant.FromDateTimeOffset(clock.GetUtcNow()));
        var status = plan.Columns.ToDictionary(c => c.SourceId, StringComparer.Ordinal);
        var labels = plan.Labels.ToDictionary(l => l.SourceId, l => l.Name, StringComparer.Ordinal);
        var people = plan.People.ToDictionary(p => p.SourceId, p => p.Name, StringComparer.Ordinal);
        return new(
            shape.Delimiter.ToString(), shape.Quote.ToString(), shape.HasHeader, shape.DateFormat, shape.DatesAmbiguous, columns.Todoist,
            shape.Columns, columns.Columns.ToDictionary(c => Name(c.Key), c => c.Value), [.. Enum.GetValues<CsvTarget>().Select(Name)],
            plan.Tasks.Count, plan.Report.Count(ImportOutcome.Skipped), plan.Report.LostFields.ToDictionary(l => l.Field, l => l.Count),
            [.. plan.Tasks.Take(Shown).Select(t => new PreviewTask(
                t.SourceId, t.Title, status[t.ColumnId].Name, status[t.ColumnId].Category.ToString().ToLowerInvariant(), t.Due?.ToString(), t.Priority,
                [.. t.LabelIds.Select(l => labels[l])], [.. t.AssigneeIds.Select(a => people.GetValueOrDefault(a, a))], t.ParentId))]);
    }

    private static string Name(CsvTarget target) => target.ToString().ToLowerInvariant();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>What the ids in lines of history are called now: people, labels, columns, and tasks that the reader may see.</summary>
internal sealed partial class HistoryNames
{
    private readonly Dictionary<long, string> _names = [];

    private HistoryNames() { }

    /// <summary>Who did what the lines tell.</summary>
    public IReadOnlyDictionary<Id<Member>, MemberCard> People { get; private init; } = new Dictionary<Id<Member>, MemberCard>();

    /// <summary>One query for people, and one for each other kind that the lines name.</summary>
    public static async Task<HistoryNames> ReadAsync(IReadOnlyCollection<Activity> lines, TasksDb db, IMembers members, Actor actor, CancellationToken ct)
    {
        long[] Named(params string[] fields) => [.. lines.Where(l => fields.Contains(l.Field, StringComparer.Ordinal)).SelectMany(l => IdsIn(l.Old).Concat(IdsIn(l.New))).Distinct()];
        var actors = lines.Select(l => l.ActorId).OfType<Id<Member>>();
        var names = new HistoryNames
        {
            People = await members.CardsAsync([.. actors.Concat(Named(Field.Assignees, Field.Place, Field.Rotation).Select(id => new Id<Member>(id))).Distinct()], ct),
        };
        foreach (var (id, card) in names.People) names._names[id.Value] = card.Name;

        if (Named(Field.Labels).Select(id => new Id<Label>(id)).ToList() is { Count: > 0 } labels)
            foreach (var label in await db.Labels.Where(l => labels.Contains(l.Id)).Select(l => new { l.Id, l.Name }).ToListAsync(ct)) names._names[label.Id.Value] = label.Name;

        if (Named(Field.Column).Select(id => new Id<Column>(id)).ToList() is { Count: > 0 } columns)
            foreach (var column in await db.Columns.Where(c => columns.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync(ct)) names._names[column.Id.Value] = column.Name;

        if (Named(Field.Parent, Field.Relations).Select(id => new Id<TaskItem>(id)).ToList() is { Count: > 0 } tasks)
        {
            var seen = db.Seen(db.Tasks.Where(t => tasks.Contains(t.Id)), await db.SeenAsync(actor, ct), actor).Select(s => new { s.Task.Id, s.Task.Title });
            foreach (var task in await seen.ToListAsync(ct)) names._names[task.Id.Value] = $"“{task.Title}”";
        }

        return names;
    }

    /// <summary>What stands in a line, with names for ids; null when it has no words, as a picture has none.</summary>
    public string? Say(string field, string? text)
    {
        if (text is null || field == Field.Cover) return null;
        var gone = field switch
        {
            Field.Assignees or Field.Place or Field.Rotation => "somebody who left",
            Field.Labels => "a label that is gone",
            Field.Column => "a column that is gone",
            Field.Parent or Field.Relations => "another task",
            _ => null,
        };
        if (gone is null) return text;
        string Name(long id) => _names.GetValueOrDefault(id, gone);
        return field switch
        {
            Field.Rotation => (text.StartsWith("round_robin", StringComparison.Ordinal) ? "in order: " : "who did least: ") + string.Join(", ", IdsIn(text).Select(Name)),
            Field.Relations => Named(text.Replace('_', ' '), Name),
            _ => Named(text, Name),
        };
    }

    private static string Named(string text, Func<long, string> name) => Ids().Replace(text, id => name(long.Parse(id.ValueSpan, CultureInfo.InvariantCulture)));

    private static IEnumerable<long> IdsIn(string? text) => text is null ? [] : Ids().Matches(text).Select(id => long.Parse(id.ValueSpan, CultureInfo.InvariantCulture));

    // Ids of ours have been this long since the epoch they count from; no count, place or year is.
    [GeneratedRegex(@"\b\d{15,19}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();
}

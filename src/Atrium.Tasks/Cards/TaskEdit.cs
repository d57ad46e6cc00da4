using System.Globalization;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Who takes turns, as a request says it.</summary>
/// <param name="Members">Ids or handles.</param>
internal sealed record RotationInput(IReadOnlyList<string> Members, RotationStrategy Strategy = RotationStrategy.RoundRobin);

/// <summary>How a task repeats, as a request says it.</summary>
internal sealed record RecurrenceInput(string? Rrule = null, RecurrenceMode Mode = RecurrenceMode.FromDue, IReadOnlyList<When>? Rdates = null, IReadOnlyList<When>? Exdates = null, RotationInput? Rotation = null);

/// <summary>
/// An edit of a task: the fields sent, and the revision they were edited from. Fields: <c>title, description, column, priority, percent,
/// start, due, duration, assignees, labels, parent, recurrence, places, cover</c>. Null empties a field.
/// </summary>
internal sealed record TaskEdit(IReadOnlyDictionary<string, JsonElement> Fields, long? Base = null)
{
    private static readonly HashSet<string> Known =
    [
        Field.Title, Field.Description, Field.Column, Field.Priority, Field.Percent, Field.Start, Field.Due, Field.Duration,
        Field.Assignees, Field.Labels, Field.Parent, Field.Recurrence, Field.Places, Field.Cover,
    ];

    /// <summary>Reads a JSON Merge Patch with <c>base</c> beside its fields.</summary>
    public static TaskEdit Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) throw Refusal.Invalid("", "Send an object with the fields to change.", "unreadable");
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        long? from = null;
        foreach (var field in body.EnumerateObject())
        {
            if (field.Name == "base")
            {
                if (field.Value.ValueKind == JsonValueKind.Null) continue;
                from = long.TryParse(field.Value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : throw Refusal.Invalid("base", "base is the revision you edited.");
            }
            else if (Known.Contains(field.Name)) fields[field.Name] = field.Value.Clone();
            else throw Refusal.Invalid(field.Name, $"A task has no field “{field.Name}” that can be changed here.", "unknown_field");
        }

        return new(fields, from);
    }

    /// <summary>From values, as a form has them.</summary>
    public static TaskEdit Of(long? from, params IEnumerable<(string Field, object? Value)> fields) =>
        new(fields.ToDictionary(f => f.Field, f => JsonSerializer.SerializeToElement(f.Value, ApiJson.Options)), from);

    public bool Has(string field) => Fields.ContainsKey(field);

    /// <summary>What has to be loaded for it.</summary>
    public Parts Parts =>
        (Has(Field.Labels) ? Parts.Labels : Parts.None) | (Has(Field.Column) ? Parts.State : Parts.None) | (Has(Field.Places) ? Parts.Places : Parts.None) | (Has(Field.Recurrence) ? Parts.Occurrences : Parts.None);

    /// <summary>A field in the text that history keeps it in.</summary>
    public string? TextOf(string field)
    {
        var value = Fields[field];
        return field switch
        {
            Field.Start or Field.Due => WhenOf(field)?.ToString(),
            Field.Priority => value.ValueKind == JsonValueKind.Null ? "0" : value.TextOrNull(field),
            Field.Description => (value.TextOrNull(field) ?? "").ReplaceLineEndings("\n"),
            Field.Recurrence => value.ValueKind == JsonValueKind.Null ? null : value.GetRawText(),
            Field.Assignees or Field.Labels => null,
            _ => value.TextOrNull(field),
        };
    }

    public When? WhenOf(string field)
    {
        if (Fields[field].ValueKind == JsonValueKind.Null) return null;
        try
        {
            return Fields[field].Deserialize<When>(ApiJson.Options);
        }
        catch (JsonException e)
        {
            throw Refusal.Invalid(field, e.InnerException is Refusal refusal ? refusal.Message : e.Message, "bad_time");
        }
    }

    public RecurrenceInput? Recurrence()
    {
        try
        {
            return Fields[Field.Recurrence].Deserialize<RecurrenceInput>(ApiJson.Options);
        }
        catch (JsonException e)
        {
            throw Refusal.Invalid(Field.Recurrence, e.Message, "bad_rrule");
        }
    }
}

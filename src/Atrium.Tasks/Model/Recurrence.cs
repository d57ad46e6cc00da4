using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>What the next instance is counted from.</summary>
internal enum RecurrenceMode
{
    FromDue,
    FromCompletion,
}

/// <summary>How a series keeps what was done.</summary>
internal enum RecurrenceStyle
{
    /// <summary>The task itself moves to the next instance.</summary>
    Advance,

    /// <summary>The task stays and a phone completes instances as overrides (RECURRENCE-ID).</summary>
    Overrides,
}

/// <summary>How a task repeats. One row beside its task.</summary>
internal sealed class Recurrence
{
    private Recurrence() { }

    internal Recurrence(Id<TaskItem> task, Rrule? rule, IEnumerable<When> rdates, IEnumerable<When> exdates, RecurrenceMode mode, When origin)
    {
        TaskId = task;
        Rrule = rule?.ToString() ?? "";
        Rdates = [.. rdates.Select(d => d.ToString()).Distinct(StringComparer.Ordinal)];
        Exdates = [.. exdates.Select(d => d.ToString()).Distinct(StringComparer.Ordinal)];
        Limits.Demand(Rdates.Count, Limits.ExtraDates, "rdates", "extra dates");
        Limits.Demand(Exdates.Count, Limits.ExtraDates, "exdates", "left-out dates");
        Mode = mode;
        Origin = origin.ToString();
    }

    public Id<TaskItem> TaskId { get; private set; }

    /// <summary>RFC 5545 text without <c>RRULE:</c>; empty when only <see cref="Rdates"/> repeat. Its COUNT is what is left, from <see cref="Origin"/> on.</summary>
    public string Rrule { get; private set; } = "";

    /// <summary>Each as <see cref="When.ToString"/> writes it.</summary>
    public List<string> Rdates { get; private set; } = [];

    public List<string> Exdates { get; private set; } = [];

    public RecurrenceMode Mode { get; private set; }

    public RecurrenceStyle Style { get; internal set; }

    /// <summary>The instance the rule counts its intervals from: the last one the rule itself gave.</summary>
    public string Origin { get; private set; } = "";

    public Rotation? Rotation { get; internal set; }

    public Rrule? Rule => Rrule.Length == 0 ? null : Tasks.Rrule.Read(Rrule).Rule;

    public When FirstInstance => When.Parse(Origin);

    public RecurrenceSet Set() => new(Rule, FirstInstance, Rdates.Select(d => When.Parse(d)), Exdates.Select(d => When.Parse(d)));

    /// <summary>The rule in words, with what happens at month ends.</summary>
    public string Words() => Rule is { } rule ? RruleWords.Say(rule, FirstInstance, Mode == RecurrenceMode.FromCompletion) : $"On {Rdates.Count} listed dates.";

    internal void CountFrom(When origin) => Origin = origin.ToString();

    internal void GoOn(When next, bool ofRule)
    {
        if (!ofRule) return;
        Origin = next.ToString();
        if (Rule is { Count: > 1 } rule) Rrule = (rule with { Count = rule.Count - 1 }).ToString();
    }

    internal void ComeBack(string rrule, string origin, int? cursor)
    {
        (Rrule, Origin) = (rrule, origin);
        if (cursor is { } c && Rotation is not null) Rotation = Rotation.At(c);
    }
}

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

    /// <summary>A series from its parts.</summary>
    /// <param name="anchor">The date it begins with.</param>
    /// <exception cref="Refusal"><c>bad_rrule</c> without a date, a rule, or any later instance.</exception>
    internal static Recurrence From(Id<TaskItem> task, When? anchor, Rrule? rule, RecurrenceMode mode, IReadOnlyList<When> rdates, IReadOnlyList<When> exdates)
    {
        if (anchor is null) throw Refusal.Invalid(Field.Recurrence, "A repeating task needs a start or a due.", "bad_rrule");
        if (rule is null && rdates.Count == 0) throw Refusal.Invalid(Field.Recurrence, "Say how it repeats.", "bad_rrule");
        if (rule is null && mode == RecurrenceMode.FromCompletion) throw Refusal.Invalid(Field.Recurrence, "Listed dates cannot count from completion.", "bad_rrule");
        var series = new Recurrence(task, rule, rdates, exdates, mode, anchor);
        if (rule is not null && rule.Frequency < Frequency.Daily && !anchor.HasTime)
            throw Refusal.Invalid(Field.Recurrence, "To repeat within a day it needs a time.", "bad_rrule");
        return series.Set().Next(anchor.ToLocal().PlusSeconds(-1)) is not null ? series : throw Refusal.Invalid(Field.Recurrence, "This rule has no date at all.", "bad_rrule");
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

    public Rrule? Rule => Rrule.Length == 0 ? null : Kernel.Ical.Rrule.Read(Rrule).Rule;

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

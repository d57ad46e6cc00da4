using System.Globalization;
using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Reads a quick-add line word by word: what is no token is title.</summary>
internal sealed class QuickReader(string line, Instant now, DateTimeZone zone)
{
    private readonly IReadOnlyList<QuickWord> _words = QuickWord.Split(line);
    private readonly LocalDateTime _now = now.InZone(zone).LocalDateTime;
    private readonly EnglishDates _dates = new(now.InZone(zone).LocalDateTime);
    private readonly List<QuickChip> _chips = [];
    private readonly List<string> _title = [];
    private readonly List<string> _labels = [];
    private readonly List<string> _assignees = [];
    private readonly List<QuickReminder> _reminders = [];
    private int? _priority;
    private string? _project;
    private EnglishDates.Found? _due;
    private EnglishDates.Found? _start;
    private EnglishRepeat.Found? _repeat;

    public QuickLine Read()
    {
        for (var at = 0; at < _words.Count;) at += Take(at);
        var title = Limits.Line(string.Join(' ', _title), Limits.Title, Field.Title);
        var start = _start is { } s ? At(s) : null;
        var due = Due();
        if (start is not null && due is not null && start.HasTime != due.HasTime)
            (start, due) = (Timed(start, new(9, 0)), Timed(due, new(17, 0)));

        return new()
        {
            Title = title,
            Start = start,
            Due = due,
            Rule = _repeat?.Rule,
            Mode = _repeat is { FromCompletion: true } ? RecurrenceMode.FromCompletion : RecurrenceMode.FromDue,
            Priority = _priority,
            Project = _project,
            Labels = [.. _labels.Distinct(StringComparer.OrdinalIgnoreCase)],
            Assignees = [.. _assignees.Distinct(StringComparer.OrdinalIgnoreCase)],
            Reminders = _reminders,
            Chips = [.. _chips.Select(Completed)],
        };
    }

    /// <summary>Takes the token at a word, or the word into the title.</summary>
    /// <returns>How many words it took.</returns>
    private int Take(int at)
    {
        var word = _words[at];
        var taken = word.Literal ? 0 : word.Text[0] switch
        {
            '#' when IsName(word, out var name) => Add(_labels, name, QuickToken.Label, at),
            '@' when IsName(word, out var name) => Add(_assignees, name, QuickToken.Assignee, at),
            '!' when word.Text.Length > 1 => TakePriority(at),
            '+' when IsName(word, out var name) => TakeProject(at, name),
            '^' => TakeDate(at, word.Text[1..], QuickToken.Due),
            _ => TakeWords(at, word.Text),
        };
        if (taken > 0) return taken;
        _title.Add(word.Text);
        return 1;
    }

    private int TakeWords(int at, string text)
    {
        if (Prefix(text, "due:") is { } due) return TakeDate(at, due, QuickToken.Due);
        if (Prefix(text, "start:") is { } start) return TakeDate(at, start, QuickToken.Start);
        if (Prefix(text, "remind:") is { } remind) return TakeReminder(at, remind);
        if (EnglishDates.Is(text, "every") || EnglishDates.Is(text, "every!")) return TakeRepeat(at);
        if (_due is null && _dates.Read(From(at), told: false) is { } found && at + found.Words <= _words.Count)
        {
            _due = found;
            return Chip(QuickToken.Due, at, found.Words, "");
        }

        return 0;
    }

    private int TakePriority(int at)
    {
        int? priority = _words[at].Text[1..].ToLowerInvariant() switch
        {
            "high" or "urgent" => 1,
            "medium" or "med" => 5,
            "low" => 9,
            "none" => 0,
            [>= '0' and <= '9' and var digit] => digit - '0',
            _ => null,
        };
        if (priority is null)
        {
            _chips.Add(new(QuickToken.Priority, _words[at].At, _words[at].Length, _words[at].Text, "A priority is !high, !medium, !low or !1 to !9."));
            return 0;
        }

        _priority = priority;
        return Chip(QuickToken.Priority, at, 1, priority switch { 0 => "none", <= 4 => "high", 5 => "medium", _ => "low" });
    }

    private int TakeProject(int at, string name)
    {
        // +weekly is the short way to repeat; +"weekly" is the project of that name.
        if (!line.AsSpan(_words[at].At, _words[at].Length).Contains('"') && EnglishRepeat.Short(name) is { } repeat)
        {
            _repeat ??= new(repeat, null, 1, false);
            return Chip(QuickToken.Repeat, at, 1, "");
        }

        _project = name;
        return Chip(QuickToken.Project, at, 1, name);
    }

    private int TakeDate(int at, string rest, QuickToken kind)
    {
        var words = rest.Length > 0 ? [rest, .. From(at + 1)] : From(at + 1);
        if (_dates.Read(words, told: true) is not { } found)
        {
            _chips.Add(new(kind, _words[at].At, _words[at].Length, _words[at].Text, "No date here that we understand. Write ^tomorrow, ^Fri 18:00 or ^2026-11-23."));
            return 0;
        }

        if (kind == QuickToken.Due) _due = found;
        else _start = found;
        return Chip(kind, at, found.Words + (rest.Length > 0 ? 0 : 1), "");
    }

    private int TakeReminder(int at, string rest)
    {
        if (rest.Length > 1 && EnglishDates.Number(rest[..^1]) is { } n && rest[^1] is 'm' or 'h' or 'd' && EnglishDates.Number(rest[..^1]) is not null)
        {
            var seconds = EnglishDates.Number(rest[..^1])!.Value * (rest[^1] switch { 'm' => 60, 'h' => 3600, _ => 86_400 });
            _reminders.Add(new(null, seconds));
            return Chip(QuickToken.Reminder, at, 1, $"{n} {(rest[^1] switch { 'm' => "min", 'h' => "h", _ => n == 1 ? "day" : "days" })} before");
        }

        var words = rest.Length > 0 ? [rest, .. From(at + 1)] : From(at + 1);
        if (_dates.Read(words, told: true) is not { } found)
        {
            _chips.Add(new(QuickToken.Reminder, _words[at].At, _words[at].Length, _words[at].Text, "Write remind:30m, remind:2h, remind:1d or remind:tomorrow 9:00."));
            return 0;
        }

        var moment = Timed(At(found), new(9, 0));
        _reminders.Add(new(moment.Sort, null));
        return Chip(QuickToken.Reminder, at, found.Words + (rest.Length > 0 ? 0 : 1), Said(moment));
    }

    private int TakeRepeat(int at)
    {
        if (EnglishRepeat.Read([.. From(at).Skip(1)], _now) is not { } found) return 0;
        _repeat = found with { FromCompletion = _words[at].Text.EndsWith('!') };
        return Chip(QuickToken.Repeat, at, found.Words + 1, "");
    }

    /// <summary>The due said; else the first date of the rule from now on.</summary>
    private When? Due()
    {
        var time = _due?.Time ?? _repeat?.Time;
        if (_due is { } said && (said.Day is not null || _repeat is null)) return At(said with { Time = time });
        if (_repeat is not { } repeat) return null;
        if (repeat.Rule.Frequency < Frequency.Daily) time ??= new(_now.Hour, _now.Minute);
        var origin = time is { } t ? When.Zoned(_now.Date + t, zone.Id) : When.Date(_now.Date);
        var from = time is null ? _now.Date.AtMidnight().PlusSeconds(-1) : _now;
        return new RecurrenceSet(repeat.Rule with { Count = null }, origin, [], []).Next(from)?.Instance ?? origin;
    }

    private When At(EnglishDates.Found found)
    {
        var day = found.Day ?? _now.Date;
        return found.Time is { } time ? When.Zoned(day + time, zone.Id) : When.Date(day);
    }

    private When Timed(When when, LocalTime time) => when.HasTime ? when : When.Zoned(when.ToDate() + time, zone.Id);

    /// <summary>Dates and rules are said once all of the line is known.</summary>
    private QuickChip Completed(QuickChip chip) => chip.Problem is not null ? chip : chip.Kind switch
    {
        QuickToken.Due => chip with { Text = Due() is { } due ? Said(due) : chip.Text },
        QuickToken.Start => chip with { Text = Said(At(_start!.Value)) },
        QuickToken.Repeat => chip with { Text = RruleWords.Say(_repeat!.Value.Rule, Due()!, _repeat.Value.FromCompletion).TrimEnd('.') },
        _ => chip,
    };

    private string Said(When when)
    {
        var local = when.ToLocal();
        var day = Period.DaysBetween(_now.Date, local.Date) switch
        {
            0 => "Today",
            1 => "Tomorrow",
            _ => local.Date.ToString(local.Year == _now.Year ? "ddd d MMM" : "ddd d MMM uuuu", CultureInfo.GetCultureInfo("en-GB")),
        };
        return when.HasTime ? $"{day} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}" : day;
    }

    private int Add(List<string> list, string name, QuickToken kind, int at)
    {
        list.Add(name);
        return Chip(kind, at, 1, name);
    }

    private int Chip(QuickToken kind, int at, int words, string text)
    {
        var (first, last) = (_words[at], _words[at + words - 1]);
        if (kind is QuickToken.Due or QuickToken.Start) _chips.RemoveAll(c => c.Kind == kind && c.Problem is null);
        _chips.Add(new(kind, first.At, last.At + last.Length - first.At, text));
        return words;
    }

    private IReadOnlyList<string> From(int at) => [.. _words.Skip(at).TakeWhile(w => !w.Literal).Select(w => w.Text)];

    private static bool IsName(QuickWord word, out string name)
    {
        name = word.Text[1..].TrimEnd(',', ';');
        return name.Length > 0 && (char.IsLetter(name[0]) || (word.Text[0] != '+' && name.Any(char.IsLetter)));
    }

    private static string? Prefix(string text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : null;
}

using System.Globalization;
using Atrium.Kernel;
using Microsoft.AspNetCore.Http;

namespace Atrium.Tasks;

/// <summary>Turns the repeat form of a task into a rule (RFC 5545, 3.3.10) and a rotation.</summary>
internal static class RepeatForm
{
    public static TaskEdit Read(IFormCollection form)
    {
        var rule = Rule(form);
        if (rule is null) return TaskEdit.Of(form.Number("base"), (Field.Recurrence, null));
        var turns = form["rotation"].OfType<string>().Where(m => m.Length > 0).Distinct().ToList();
        var rotation = turns.Count == 0 ? null : new RotationInput(turns, form.Text("strategy") == "least_load" ? RotationStrategy.LeastLoad : RotationStrategy.RoundRobin);
        var mode = form.Text("mode") == "from_completion" ? RecurrenceMode.FromCompletion : RecurrenceMode.FromDue;
        return TaskEdit.Of(form.Number("base"), (Field.Recurrence, new RecurrenceInput(rule, mode, Rotation: rotation)));
    }

    private static string? Rule(IFormCollection form)
    {
        if (form.Text("freq") is not ("DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY" or "RULE") and { } or null) return null;
        var freq = form.Text("freq");
        if (freq == "RULE") return form.Said("rrule") ?? throw Refusal.Invalid("rrule", "Write the rule, such as FREQ=MONTHLY;BYDAY=-1FR.", "bad_rrule");
        var parts = new List<string> { $"FREQ={freq}" };
        if (form.Number("interval") is > 1 and var interval) parts.Add(string.Create(CultureInfo.InvariantCulture, $"INTERVAL={interval}"));
        var days = form["days"].OfType<string>().Where(d => d is "MO" or "TU" or "WE" or "TH" or "FR" or "SA" or "SU").Distinct().ToList();
        if (freq == "WEEKLY" && days.Count > 0) parts.Add($"BYDAY={string.Join(',', days)}");
        if (form.Number("count") is > 0 and var count) parts.Add(string.Create(CultureInfo.InvariantCulture, $"COUNT={count}"));
        else if (form.Said("until") is { } until) parts.Add($"UNTIL={until.Replace("-", "", StringComparison.Ordinal)}");
        return string.Join(';', parts);
    }
}

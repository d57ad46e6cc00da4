using System.Text.RegularExpressions;
using Atrium.Kernel;
using Atrium.Kernel.Outbound;

namespace Atrium.Home;

/// <summary>What an owner says about a webhook.</summary>
/// <param name="Url">https; http too where the house may reach private addresses.</param>
/// <param name="Events">Types, or beginnings with <c>*</c>: <c>task.*</c>.</param>
internal sealed partial record WebhookInput(string Name, string Url, IReadOnlyList<string> Events, bool? Enabled)
{
    private const int MostEvents = 50;

    public WebhookInput Checked(OutboundOptions options)
    {
        var faults = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 100) faults.Add(new("name", "A name has 1 to 100 characters."));
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || Url.Length > 2000 || uri.UserInfo.Length > 0 || uri.Scheme is not ("https" or "http"))
            faults.Add(new("url", "That is not a web address such as https://example.org/hook."));
        else if (uri.Scheme == "http" && !options.AllowPrivate) faults.Add(new("url", "The address must begin with https."));
        if (Events is not { Count: > 0 and <= MostEvents }) faults.Add(new("events", $"Choose 1 to {MostEvents} kinds of event, or * for all."));
        else if (Events.FirstOrDefault(e => e is null || !Pattern().IsMatch(e)) is { } odd) faults.Add(new("events", $"“{odd}” is not a kind of event such as task.completed, task.* or *."));
        return faults.Count > 0 ? throw Refusal.Invalid(faults) : this with { Name = Name.Trim(), Url = uri!.AbsoluteUri, Events = [.. Events.Distinct()] };
    }

    [GeneratedRegex(@"^(\*|[a-z0-9_]+(\.[a-z0-9_]+)*(\.\*)?)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}

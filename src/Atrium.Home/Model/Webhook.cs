using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Home;

/// <summary>An address that a member has told of what happens (Standard Webhooks 1.0).</summary>
public sealed class Webhook : IRevised
{
    public const string Kind = "webhook";

    /// <summary>The most one member may have.</summary>
    public const int Most = 20;

    /// <summary>How long the old secret signs beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>It is switched off once it has failed this often in a row…</summary>
    public const int FailuresToDisable = 10;

    /// <summary>… over at least this long.</summary>
    public static readonly TimeSpan FailingToDisable = TimeSpan.FromDays(3);

    public Id<Webhook> Id { get; init; } = Id<Webhook>.New();

    public Id<Member> OwnerId { get; init; }

    public required string Name { get; set; }

    public required string Url { get; set; }

    /// <summary>Event types; a trailing <c>*</c> takes all that begin so: <c>task.*</c>, <c>*</c>.</summary>
    public List<string> Events { get; set; } = [];

    /// <summary>Protected by a key outside the database.</summary>
    public required string Secret { get; set; }

    public string? OldSecret { get; set; }

    public DateTimeOffset? OldSecretUntil { get; set; }

    public bool Enabled { get; set; } = true;

    public string? DisabledReason { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public long Revision { get; set; } = 1;

    public bool Wants(string type) => Events.Exists(e => e.EndsWith('*') ? type.StartsWith(e[..^1], StringComparison.Ordinal) : e == type);

    public void Enable() => (Enabled, DisabledReason, Failures, FailingSince) = (true, null, 0, null);

    public void Disable(string reason) => (Enabled, DisabledReason) = (false, reason);
}

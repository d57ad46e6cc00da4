using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Contracts.Home;

/// <summary>What other rooms ask of the moderators.</summary>
public interface IModeration
{
    /// <summary>Reports a thing that <paramref name="actor"/> may see. Reporting the same again changes nothing.</summary>
    /// <param name="category"><c>spam</c>, <c>harassment</c>, <c>illegal</c>, <c>harmful</c>, <c>private</c> or <c>other</c>.</param>
    /// <exception cref="Refusal">Not found; invalid: the actor's own thing, an unknown category.</exception>
    Task ReportAsync(Thing thing, string category, string? comment, Actor actor, CancellationToken ct);

    /// <summary>Puts before the moderators what another server complains about. The same complaint twice changes nothing; of one case at most 20 are kept.</summary>
    /// <param name="from">The server: its word is nobody's here.</param>
    /// <exception cref="Refusal">Not found.</exception>
    Task ReportFromElsewhereAsync(Thing thing, string from, string? comment, CancellationToken ct);

    /// <summary>Those of <paramref name="things"/> that are hidden just now: held for review, or hidden by a moderator.</summary>
    Task<IReadOnlySet<Thing>> HiddenAsync(IReadOnlyCollection<Thing> things, CancellationToken ct);
}

/// <summary>
/// A thing is to be seen by a moderator before others see it. Publish it in the transaction that makes the thing: it is hidden through
/// <see cref="IModerationSubject"/> until a moderator has looked.
/// </summary>
/// <param name="Reason">Why, in words for moderators: “first post of a new member”.</param>
[EventName("home.review_requested")]
public sealed record ReviewRequested(Thing Thing, string Reason);

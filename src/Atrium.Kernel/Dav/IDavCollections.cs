using Atrium.Kernel.Ical;

namespace Atrium.Kernel.Dav;

/// <summary>
/// Lists that a module offers over CalDAV. The engine speaks the protocol; the module finds, checks rights and changes through its own use
/// cases. Refusals and <see cref="DavFault"/>s come out as the RFC's preconditions. Statements do not grow with a list's length.
/// </summary>
public interface IDavCollections
{
    /// <summary>The lists in the caller's home.</summary>
    Task<IReadOnlyList<DavCollection>> ListAsync(Actor actor, CancellationToken ct);

    /// <summary>One list of the caller's home by its last segment; null when it is not there, or not this module's.</summary>
    Task<DavCollection?> FindAsync(string name, Actor actor, CancellationToken ct);

    /// <summary>The objects asked for that are there, in any order.</summary>
    IAsyncEnumerable<DavObject> ReadAsync(DavCollection collection, DavSelection wanted, CancellationToken ct);

    /// <summary>What changed after a point, oldest first.</summary>
    Task<DavChanges> ChangesAsync(DavCollection collection, DavPoint since, int? limit, CancellationToken ct);

    /// <summary>Makes or replaces an object; <paramref name="conditions"/> are checked in the same transaction.</summary>
    Task<DavWritten> PutAsync(DavCollection collection, string name, DavCalendarObject sent, DavConditions conditions, Actor actor, CancellationToken ct);

    Task DeleteAsync(DavCollection collection, string name, DavConditions conditions, Actor actor, CancellationToken ct);

    /// <summary>Moves an object to a list of the same module, and keeps what hangs on it.</summary>
    /// <returns>True when nothing was there before.</returns>
    Task<bool> MoveAsync(DavCollection from, string name, DavCollection to, string toName, bool overwrite, DavConditions conditions, Actor actor, CancellationToken ct);

    /// <summary>Whether this module keeps lists of these components; the first one asked that does makes the list.</summary>
    bool Keeps(IReadOnlyCollection<string> components);

    Task CreateAsync(string name, DavDraft draft, Actor actor, CancellationToken ct);

    /// <summary>Changes properties of a list, all or none.</summary>
    Task ChangeAsync(DavCollection collection, DavDraft draft, Actor actor, CancellationToken ct);

    Task DeleteAsync(DavCollection collection, Actor actor, CancellationToken ct);
}

/// <summary>What the caller may do to a list.</summary>
public enum DavAccess
{
    Read,

    /// <summary>May change some of what is there, makes and deletes nothing.</summary>
    Change,
    Write,

    /// <summary>Also the list's own properties, and deleting it.</summary>
    Own,
}

/// <summary>A list as its reader sees it.</summary>
public record DavCollection
{
    public required IDavCollections Source { get; init; }

    /// <summary>Names it in sync tokens.</summary>
    public required long Id { get; init; }

    /// <summary>The last segment of its address in the caller's home, decoded.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>#rrggbb.</summary>
    public string? Color { get; init; }

    /// <summary>What it may hold: <c>VTODO</c>.</summary>
    public required IReadOnlyList<string> Components { get; init; }

    /// <summary>Counts all changes in it.</summary>
    public required long Seq { get; init; }

    /// <summary>What happened up to here is no longer known change by change.</summary>
    public long Horizon { get; init; }

    public required DavAccess Access { get; init; }

    /// <summary>Null when whoever made it is gone.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset Modified { get; init; }

    /// <summary>Properties kept for clients: <c>{namespace}name</c> to XML.</summary>
    public IReadOnlyDictionary<string, string> Dead { get; init; } = new Dictionary<string, string>();
}

/// <summary>Which objects of a list are wanted.</summary>
/// <param name="Names">Null for all.</param>
/// <param name="WithData">Whether their octets are.</param>
/// <param name="Component">Only of this kind.</param>
/// <param name="From">With <paramref name="To"/>: a range, widened so that no zone matters; objects that surely do not touch it may be left out.</param>
public sealed record DavSelection(IReadOnlyCollection<string>? Names, bool WithData, string? Component = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>An object of a list.</summary>
/// <param name="Etag">Quoted; the same exactly as long as the octets are.</param>
public sealed record DavObject(string Name, string Etag, string Component, DateTimeOffset Created, DateTimeOffset Modified, byte[]? Data = null);

/// <summary>A point in the changes of a list: after all of <paramref name="Seq"/>, or within it after <paramref name="Id"/>.</summary>
public readonly record struct DavPoint(long Seq, long Id);

/// <summary>One change: the object now there, or null where there is none any more.</summary>
public sealed record DavChange(string Name, DavObject? Now);

/// <param name="Next">Where to go on.</param>
/// <param name="More">Whether <paramref name="Next"/> has more at once.</param>
public sealed record DavChanges(IReadOnlyList<DavChange> Changes, DavPoint Next, bool More);

/// <param name="Etag">Only when a GET now gives exactly the octets sent.</param>
public sealed record DavWritten(bool Created, string? Etag);

/// <summary>Properties to set on a list; null leaves alone.</summary>
/// <param name="Dead">Kept for the client as they are; a null value removes one.</param>
public sealed record DavDraft(string? Title = null, string? Description = null, string? Color = null, IReadOnlyList<string>? Components = null, IReadOnlyDictionary<string, string?>? Dead = null);

/// <summary>A calendar object resource that was sent and is well formed (RFC 4791, 4.1): one component kind, one UID.</summary>
/// <param name="Copied">Copied from another list on purpose, not sent by a client that may be late.</param>
public sealed record DavCalendarObject(byte[] Octets, IcalComponent Calendar, string Component, string Uid, bool Copied = false);

using Atrium.Kernel;
using Atrium.Kernel.Dav;

namespace Atrium.Accounts.Doors;

/// <summary>Members as principals of CalDAV.</summary>
internal sealed class DavPeople(IMembers members) : IDavPeople
{
    public async Task<DavPerson?> SelfAsync(Actor actor, CancellationToken ct)
    {
        if (actor.MemberId is not { } me) return null;
        return (await members.ContactsAsync([me], ct)).GetValueOrDefault(me) is { } contact ? new(contact.Handle, contact.Name, contact.Email) : null;
    }

    public async Task<IReadOnlyList<DavPerson>> SearchAsync(string text, int limit, Actor actor, CancellationToken ct)
    {
        // Guests know only those they share something with, which no search tells.
        if (actor.Role < Role.Member) return [];
        return [.. (await members.SearchAsync(text, limit, ct)).Select(c => new DavPerson(c.Handle, c.Name, null))];
    }
}

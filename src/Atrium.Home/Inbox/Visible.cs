using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Home;

/// <summary>Which of many members may see a thing just now, in a few statements however many they are.</summary>
internal sealed class Visible(Things things, IMembers members, HomeDb db)
{
    /// <summary>The thing's card and who of <paramref name="asked"/> may see it; nobody when it is gone.</summary>
    public async Task<(ThingCard? Card, IReadOnlyDictionary<Id<Member>, MemberContact> Readers)> ToAsync(Thing thing, IReadOnlyCollection<Id<Member>> asked, CancellationToken ct)
    {
        var card = await things.CardAsync(thing, Actor.System, ct);
        if (card is null) return (null, new Dictionary<Id<Member>, MemberContact>());

        var contacts = await members.ContactsAsync(asked, ct);
        var listed = await db.MembersAsync(card.Audience, ct);
        return (card, contacts.Values.Where(c => c.Active && Includes(card, listed, c)).ToDictionary(c => c.Id));
    }

    private static bool Includes(ThingCard card, IReadOnlySet<Id<Member>>? listed, MemberContact contact)
    {
        // A case has no audience of principals: the queue is the moderators'.
        if (card.Thing.Kind == Case.Kind) return contact.Role >= Role.Moderator;
        return listed?.Contains(contact.Id) ?? (card.Audience.IsPublic || contact.Role > Role.Guest);
    }
}

using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>Answers what other modules ask about groups.</summary>
internal sealed class GroupsDoor(AccountsDb db) : IGroups
{
    public async Task<IReadOnlyDictionary<Id<Group>, GroupCard>> CardsAsync(IReadOnlyCollection<Id<Group>> ids, CancellationToken ct) =>
        (await CardsOf(db.Groups.Where(g => ids.Contains(g.Id)), ct)).ToDictionary(c => c.Id);

    public async Task<IReadOnlyList<GroupCard>> SearchAsync(string text, int limit, Actor actor, CancellationToken ct)
    {
        var words = " " + Folding.Fold(text.Trim());
        return await CardsOf(db.Groups.VisibleTo(actor, db, g => g.Audience).Where(g => g.SearchText.Contains(words)).OrderBy(g => g.Name).Take(limit), ct);
    }

    public async Task<IReadOnlyList<GroupCard>> OfMemberAsync(Id<Member> member, CancellationToken ct) =>
        await CardsOf(db.Groups.Where(g => db.GroupMemberships.Any(m => m.GroupId == g.Id && m.MemberId == member)).OrderBy(g => g.Name), ct);

    private async Task<List<GroupCard>> CardsOf(IQueryable<MemberGroup> groups, CancellationToken ct) =>
        await groups.Select(g => new GroupCard(g.Id, g.Handle, g.Name, db.GroupMemberships.Count(m => m.GroupId == g.Id))).ToListAsync(ct);
}

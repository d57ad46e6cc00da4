using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Profiles;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Members;

/// <summary>The members of the house, as every member sees them.</summary>
public static class MemberDirectory
{
    public sealed record View(
        Id<Member> Id, string Handle, string Name, string? AvatarUrl, string? HeaderUrl, Role Role, string Bio, IReadOnlyList<ProfileLink> Links, DateTimeOffset? JoinedAt, string Href);

    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("members", ListAsync).Operation("listMembers", "Lists active members, newest first, or those whose name or handle has a word beginning with text", "profile:read", RateClass.Read);
        api.MapGet("members/{handle}", GetAsync).Operation("getMember", "Shows a member's profile", "profile:read", RateClass.Read, "not_found");
    }

    internal static async Task<Slice<View>> ListAsync(string? text, [AsParameters] Page page, Actor actor, AccountsDb db, CancellationToken ct)
    {
        actor.Demand();
        var before = Cursor.Id<Member>(page.Cursor);
        var rows = db.Accounts.Where(a => a.State == AccountState.Active);
        if (!string.IsNullOrWhiteSpace(text))
        {
            var words = " " + Folding.Fold(text.Trim().TrimStart('@'));
            rows = rows.Where(a => a.SearchText.Contains(words));
        }

        if (before is { } last) rows = rows.Where(a => a.Id < last);
        var found = await rows.OrderByDescending(a => a.Id).Take(page.Size + 1).ToListAsync(ct);
        return Slice<Account>.Cut(found, page.Size, a => a.Id.ToString()).Select(ViewOf);
    }

    /// <summary>Everyone may read a profile.</summary>
    internal static async Task<View> GetAsync(string handle, AccountsDb db, CancellationToken ct)
    {
        var normal = Handles.Normal(handle);
        return ViewOf(await db.Accounts.FirstOrDefaultAsync(a => a.Handle == normal && a.State == AccountState.Active, ct) ?? throw Refusal.NotFound());
    }

    private static View ViewOf(Account a) => new(a.Id, a.Handle, a.Name, Portraits.SmallUrlOf(a.AvatarFile), Portraits.UrlOf(a.HeaderFile), a.Role, a.Bio, a.Links, a.JoinedAt, $"/@{a.Handle}");
}

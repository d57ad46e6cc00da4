using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Settings;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Profiles;

/// <summary>One's own profile and preferences.</summary>
public static class MyProfile
{
    public sealed record View(
        Id<Member> Id, string Handle, string Name, string Email, Role Role, string Bio, IReadOnlyList<ProfileLink> Links, string? AvatarUrl, string? HeaderUrl,
        string Language, string Culture, string TimeZone, string Theme, bool SecondFactor, DateTimeOffset? JoinedAt, long Revision) : IRevisedView;

    /// <summary>What is left out stays as it is.</summary>
    /// <param name="Theme"><c>system</c>, <c>light</c> or <c>dark</c>.</param>
    public sealed record Change(
        string? Name = null, string? Bio = null, List<ProfileLink>? Links = null, string? Language = null, string? Culture = null, string? TimeZone = null, string? Theme = null);

    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("me", GetAsync).Operation("getMe", "Shows your profile and preferences", "profile:read", RateClass.Read);
        api.MapPatch("me", EditAsync).Operation("editMe", "Changes your profile and preferences", "profile:write", RateClass.Write, "stale_revision");
    }

    internal static async Task<View> GetAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        return ViewOf(await db.Accounts.FirstOrDefaultAsync(a => a.Id == me, ct) ?? throw Refusal.NotFound());
    }

    internal static async Task<View> EditAsync(Change change, [FromHeader(Name = "If-Match")] Etag? ifMatch, Actor actor, AccountsDb db, HouseSettings settings, CancellationToken ct)
    {
        var me = actor.Demand();
        if (ProfileRules.Faults(await AccountSettings.ProfileAsync(settings, ct), change.Name, change.Bio, change.Links, change.Language, change.Culture, change.TimeZone) is { Count: > 0 } faults) throw Refusal.Invalid(faults);
        Theme? theme = change.Theme is null ? null : Enum.TryParse<Theme>(change.Theme, ignoreCase: true, out var known) && !int.TryParse(change.Theme, out _)
            ? known : throw Refusal.Invalid("theme", "A theme is system, light or dark.", "unknown");
        return await db.AmendAsync(
            async token =>
            {
                var account = await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.Id == me, token) ?? throw Refusal.NotFound();
                ifMatch?.Demand(account.Revision);
                if (change.Name is not null) account.Rename(change.Name.Trim());
                account.Bio = change.Bio ?? account.Bio;
                account.Links = change.Links ?? account.Links;
                account.Language = change.Language ?? account.Language;
                account.Culture = change.Culture ?? account.Culture;
                account.TimeZone = change.TimeZone ?? account.TimeZone;
                account.Theme = theme ?? account.Theme;
                if (db.ChangeTracker.HasChanges()) db.Publish(new MemberProfileChanged(me), me.ToString());
                Standings.Changed(db);
                await db.SaveChangesAsync(token);
                return ViewOf(account);
            },
            ct);
    }

    private static View ViewOf(Account a) => new(
        a.Id, a.Handle, a.Name, a.Email, a.Role, a.Bio, a.Links, Portraits.SmallUrlOf(a.AvatarFile), Portraits.UrlOf(a.HeaderFile), a.Language, a.Culture, a.TimeZone,
        a.Theme.ToString().ToLowerInvariant(), a.HasSecondFactor, a.JoinedAt, a.Revision);
}

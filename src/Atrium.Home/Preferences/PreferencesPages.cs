using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Push;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary><c>/settings/notifications</c>.</summary>
internal static class PreferencesPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/settings/notifications", (HomeDb db, NotificationKinds kinds, Things things, VapidKey key, Actor actor, CancellationToken ct) => PageAsync(FormState.Fresh, db, kinds, things, key, actor, ct));
        pages.MapPost("/settings/notifications", SaveAsync);
        pages.MapPost("/settings/notifications/mutes/{id:long}/lift", LiftAsync);
    }

    private static async Task<IResult> PageAsync(FormState state, HomeDb db, NotificationKinds kinds, Things things, VapidKey key, Actor actor, CancellationToken ct) => Show<PreferencesPage>(
        new
        {
            State = state,
            PushKey = key.PublicKey,
            Preferences = await GetPreferences.HandleAsync(db, kinds, actor, ct),
            Mutes = await ListMutes.HandleAsync(Page.Largest, null, db, things, actor, ct),
            Devices = await PushSubscriptions.ListAsync(db, actor, ct),
        },
        state);

    private static Task<IResult> SaveAsync(HttpRequest request, HomeDb db, NotificationKinds kinds, Things things, VapidKey key, Actor actor, CancellationToken ct) => TryAsync(
        request,
        async form =>
        {
            var chosen = kinds.All.ToDictionary(k => k.Key, k => new ChannelChoice(Ticked(k.Key, "inbox"), Ticked(k.Key, "mail"), Ticked(k.Key, "push")));
            await ChangePreferences.HandleAsync(new(chosen, form.Number("digest_hour"), form.Number("quiet_from"), form.Number("quiet_until")), db, kinds, actor, ct);
            return SeeOther("/settings/notifications");

            bool Ticked(string kind, string channel) => form[$"{kind}.{channel}"].Contains("true");
        },
        state => PageAsync(state, db, kinds, things, key, actor, ct));

    private static async Task<IResult> LiftAsync(Id<Mute> id, HomeDb db, Actor actor, CancellationToken ct)
    {
        await ListMutes.UnmuteAsync(id, db, actor, ct);
        return SeeOther("/settings/notifications#muted");
    }
}

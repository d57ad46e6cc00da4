using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Shows how each kind of notification reaches the caller.</summary>
internal static class GetPreferences
{
    public static void Map(RouteGroupBuilder home) => home.MapGet("/preferences", HandleAsync)
        .Operation("getPreferences", "Shows by which channels each kind of notification reaches you", "home:read", RateClass.Read);

    public static async Task<PreferencesView> HandleAsync(HomeDb db, NotificationKinds kinds, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var chosen = await db.Preferences.Where(p => p.MemberId == me).ToDictionaryAsync(p => p.Kind, p => p.Channels, ct);
        var reader = await db.Readers.FirstOrDefaultAsync(r => r.MemberId == me, ct);
        return new(
            [.. kinds.All.Select(k => new KindChoice(k.Key, k.Title, k.Room, ChannelChoice.Of(chosen.GetValueOrDefault(k.Key, k.Default) | k.Always), ChannelChoice.Of(k.Default), ChannelChoice.Of(k.Always), k.Mail))],
            reader?.DigestHour, reader?.QuietFrom, reader?.QuietUntil);
    }
}

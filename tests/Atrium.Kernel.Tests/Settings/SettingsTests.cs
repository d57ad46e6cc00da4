using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Tests;

public class SettingsTests(KernelHouse house)
{
    [Fact]
    public async Task Once_a_setting_was_changed_nobody_reads_what_was_before()
    {
        var settings = house.Services.GetRequiredService<HouseSettings>();
        using var ends = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (!ends.IsCancellationRequested)
            {
                await settings.TextAsync(KernelModule.Tagline, default);
                await Task.Yield();
            }
        })).ToList();
        for (var i = 0; i < 100; i++)
        {
            await house.InScopeAsync(async services =>
            {
                await settings.ChangeAsync(services.GetRequiredService<KernelDb>(), Actor.System, new Dictionary<string, string> { [KernelModule.Tagline.Key] = $"{i}" }, default);
                return true;
            });
            Assert.Equal($"{i}", await settings.TextAsync(KernelModule.Tagline, default));
        }

        await ends.CancelAsync();
        await Task.WhenAll(readers);
    }
}

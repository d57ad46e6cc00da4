using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Tests;
using Atrium.Testing;
using Atrium.Victim;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(KernelHouse))]

namespace Atrium.Kernel.Tests;

/// <summary>The platform with the ledger as its only room; tests drain the outbox themselves.</summary>
public sealed class KernelHouse() : TestHouse(new LedgerModule())
{
    protected override IReadOnlyList<IModule> Foundation { get; } = [new KernelModule()];

    protected override bool WorkersRun => false;

    protected override Task OpenedAsync() => LedgerTables.EnsureAsync(Services);

    /// <summary>Does <paramref name="work"/> on a context of its own.</summary>
    public async Task<T> WithDbAsync<T>(Func<LedgerDb, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<LedgerDb>());
    }

    public Task WithDbAsync(Func<LedgerDb, Task> work) => WithDbAsync(async db =>
    {
        await work(db);
        return true;
    });
}

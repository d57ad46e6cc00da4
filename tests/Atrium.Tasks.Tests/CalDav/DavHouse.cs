using Atrium.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

/// <summary>
/// A house of its own for what writes thousands of rows: its gate keeps nobody else waiting. Its clock stands still, so that all
/// happens in one and the same second.
/// </summary>
public sealed class DavHouse() : TestHouse(new TasksModule())
{
    protected override TimeProvider Clock { get; } = new FakeTimeProvider(TimeProvider.System.GetUtcNow());

    protected override bool WorkersRun => false;
}

[CollectionDefinition(nameof(DavHouse))]
public sealed class DavHouseCollection : ICollectionFixture<DavHouse>;

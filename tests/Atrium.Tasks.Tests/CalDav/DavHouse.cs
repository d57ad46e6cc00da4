using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

/// <summary>A house of its own for what writes thousands of rows: its gate keeps nobody else waiting.</summary>
public sealed class DavHouse() : TestHouse(new TasksModule())
{
    protected override bool WorkersRun => false;
}

[CollectionDefinition(nameof(DavHouse))]
public sealed class DavHouseCollection : ICollectionFixture<DavHouse>;

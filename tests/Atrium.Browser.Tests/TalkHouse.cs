using Atrium.Social;
using Atrium.Tasks;
using Atrium.Testing;

[assembly: AssemblyFixture(typeof(Atrium.Browser.Tests.TalkHouse))]

namespace Atrium.Browser.Tests;

/// <summary>A house in which tasks are talked about.</summary>
public sealed class TalkHouse() : TestHouse(new TasksModule(), new SocialModule());

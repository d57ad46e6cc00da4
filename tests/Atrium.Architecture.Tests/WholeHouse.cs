using Atrium.Architecture.Tests;
using Atrium.Testing;

[assembly: AssemblyFixture(typeof(WholeHouse))]

namespace Atrium.Architecture.Tests;

/// <summary>The house with every room that the program has.</summary>
public sealed class WholeHouse() : TestHouse([.. Modules.All.ExceptBy(HouseModules.Always.Select(m => m.Name), m => m.Name)]);

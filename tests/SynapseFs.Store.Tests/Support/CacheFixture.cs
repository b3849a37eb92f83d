namespace SynapseFs.Store.Tests.Support;

/// <summary>A cache directory of its own for each test.</summary>
public abstract class CacheFixture
{
    private protected TemporaryCache Temporary { get; private set; } = null!;

    protected CacheDirectory Cache { get; set; } = null!;

    [SetUp]
    public void OpenCache()
    {
        Temporary = new TemporaryCache();
        Cache = Temporary.Open();
    }

    [TearDown]
    public void CloseCache()
    {
        Cache.Dispose();
        Temporary.Dispose();
    }
}

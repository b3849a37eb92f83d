using System.Reflection;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reference;

/// <summary>A filesystem that does one thing wrong: what a comparison has to find.</summary>
#pragma warning disable CA1852 // a proxy is derived from it while the test runs
internal class BrokenFileSystem : DispatchProxy
#pragma warning restore CA1852
{
    private Func<string, object?[], bool> _breaks = (_, _) => false;
    private IFileSystem _inner = null!;

    /// <param name="breaks">Given a verb and its arguments, changes them; true: the verb is not even called.</param>
    public static Func<IFileSystem, IFileSystem> That(Func<string, object?[], bool> breaks) => inner =>
    {
        var proxy = Create<IFileSystem, BrokenFileSystem>();
        ((BrokenFileSystem)(object)proxy)._inner = inner;
        ((BrokenFileSystem)(object)proxy)._breaks = breaks;
        return proxy;
    };

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_breaks(targetMethod!.Name, args!))
            return targetMethod.ReturnType == typeof(ValueTask) ? ValueTask.CompletedTask : null;
        try
        {
            return targetMethod.Invoke(_inner, args);
        }
        catch (TargetInvocationException failure)
        {
            throw failure.InnerException!;
        }
    }
}

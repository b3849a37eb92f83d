using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Staging;

/// <summary>A staged file with the errors of verbs: the one place where those of the local disk are translated.</summary>
internal sealed class StagedBytes : IDisposable
{
    private readonly StagedFile _file;

    private StagedBytes(StagedFile file) => _file = file;

    public long Number => _file.Number;

    public string Path => _file.Path;

    /// <summary>Bytes of the file, holes included.</summary>
    public long Length
    {
        get
        {
            try
            {
                return RandomAccess.GetLength(_file.Handle);
            }
            catch (IOException failure)
            {
                throw new FsException(FsError.InputOutput, $"{_file.Path} cannot be looked at: {failure.Message}", failure);
            }
        }
    }

    /// <exception cref="FsException">NoSpace, InputOutput.</exception>
    public static StagedBytes Create(StagingArea area) => Carry(area, static area => new StagedBytes(area.Create()));

    /// <exception cref="FsException">InputOutput when the file is not there.</exception>
    public static StagedBytes Open(StagingArea area, long number) =>
        Carry((area, number), static place => new StagedBytes(place.area.Open(place.number)));

    /// <summary>Bytes from <paramref name="offset"/> on; fewer only at the file's end.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        try
        {
            return _file.Read(offset, destination);
        }
        catch (StoreException failure)
        {
            throw Translate(failure);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        try
        {
            _file.Write(offset, source);
        }
        catch (StoreException failure)
        {
            throw Translate(failure);
        }
    }

    public void SetLength(long length) => Carry((_file, length), static to => to._file.SetLength(to.length));

    public void Reserve(long offset, long length) =>
        Carry((_file, offset, length), static range => range._file.Reserve(range.offset, range.length));

    public void Punch(long offset, long length) =>
        Carry((_file, offset, length), static range => range._file.Punch(range.offset, range.length));

    public void Sync() => Carry(_file, static file => file.Sync());

    public void Dispose() => _file.Dispose();

    private static void Carry<TState>(TState state, Action<TState> act) => Carry((state, act), static work =>
    {
        work.act(work.state);
        return true;
    });

    private static TResult Carry<TState, TResult>(TState state, Func<TState, TResult> act)
    {
        try
        {
            return act(state);
        }
        catch (StoreException failure)
        {
            throw Translate(failure);
        }
    }

    private static FsException Translate(StoreException failure) => new(
        failure.Failure == StoreFailure.Full ? FsError.NoSpace : FsError.InputOutput, failure.Message, failure);
}

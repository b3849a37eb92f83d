using SynapseFs.Core.Staging;
using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>Random changes of one file through many staged contents, each step compared with an array.</summary>
internal sealed class StagedContentRandomTests
{
    private const int Steps = 4000;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    public async Task Random_changes_are_those_of_an_array(int seed)
    {
        using var run = new Run(seed);

        for (var step = 0; step < Steps; step++)
        {
            var done = await run.StepAsync();
            if (await run.DifferenceAsync() is { } difference)
                Assert.Fail($"seed {seed}, step {step} ({done}): {difference}");
        }
    }

    private sealed class Run : IDisposable
    {
        private const int Largest = 60_000;
        private const int LargestPiece = 9_000;

        private readonly StagingRig _rig = new();
        private readonly Random _random;
        private readonly List<StagedContent> _below = [];
        private StagedContent _content;
        private ContentModel _model;
        private byte[] _remote;

        public Run(int seed)
        {
            _random = new Random(seed);
            _remote = Bytes(30_000);
            _model = new ContentModel(Largest, _remote);
            _content = _rig.Over(Unreliable(_remote));
        }

        public Task<string> StepAsync() => _random.Next(40) switch
        {
            < 12 => Done(Write()),
            < 15 => Done(Append()),
            < 19 => Done(SetLength()),
            < 27 => Done(Allocate()),
            < 30 => Done(Restore()),
            < 32 => Done(Overlay()),
            < 36 => SendAsync(),
            36 => Done(Clone()),
            _ => Done(Seek()),
        };

        public async Task<string?> DifferenceAsync()
        {
            var offset = _random.Next(_model.Length + 100);
            var buffer = new byte[_random.Next(2) == 0 ? Largest : LargestPiece];
            var count = await OnlineAsync(() => _content.ReadAsync(offset, buffer, CancellationToken.None));
            var expected = _model.Bytes[Math.Min(offset, _model.Length)..];
            expected = expected[..Math.Min(expected.Length, buffer.Length)];
            if (_content.Length != _model.Length || count != expected.Length)
                return $"{count} bytes at {offset} of {_content.Length}, not {expected.Length} of {_model.Length}";
            var same = expected.CommonPrefixLength(buffer);
            return same == count ? null : $"byte {offset + same} is {buffer[same]}, not {expected[same]}; {_content.Describe()}";
        }

        public void Dispose()
        {
            _content.Dispose();
            _below.ForEach(content => content.Dispose());
            _rig.Dispose();
        }

        private static Task<string> Done(string what) => Task.FromResult(what);

        private string Write()
        {
            var (offset, bytes) = (_random.Next(Largest - LargestPiece), Bytes(_random.Next(LargestPiece)));
            _content.TryWrite(offset, bytes);
            _model.Write(offset, bytes);
            return $"write {bytes.Length} at {offset}";
        }

        private string Append()
        {
            var bytes = Bytes(_random.Next(Math.Min(LargestPiece, Largest - _model.Length + 1)));
            _content.TryAppend(bytes, out var offset);
            Assert.That(offset, Is.EqualTo(_model.Length));
            _model.Write((int)offset, bytes);
            return $"append {bytes.Length}";
        }

        private string SetLength()
        {
            var length = _random.Next(4) == 0 ? 0 : _random.Next(Largest);
            _content.TrySetLength(length);
            _model.SetLength(length);
            return $"truncate to {length}";
        }

        private string Allocate()
        {
            AllocateMode[] modes =
            [
                AllocateMode.Reserve, AllocateMode.KeepLength, AllocateMode.PunchHole | AllocateMode.KeepLength,
                AllocateMode.ZeroRange, AllocateMode.ZeroRange | AllocateMode.KeepLength,
            ];
            var mode = modes[_random.Next(modes.Length)];
            var (offset, length) = (_random.Next(Largest - LargestPiece), _random.Next(1, LargestPiece));
            _content.TryAllocate(offset, length, mode);
            if ((mode & (AllocateMode.PunchHole | AllocateMode.ZeroRange)) != 0)
                _model.Zero(offset, length);
            if (!mode.HasFlag(AllocateMode.KeepLength))
                _model.SetLength(Math.Max(_model.Length, offset + length));
            return $"allocate {length} at {offset}, {mode}";
        }

        // As after a restart: bases are opened anew, and what was written without being described does not count.
        private string Restore()
        {
            var row = _random.Next(2) == 0 ? _content.Sync() : _content.Describe();
            if (_random.Next(2) == 0)
                _content.Accepted(row);
            var lost = _random.Next(3) == 0;
            if (lost)
            {
                _content.TryAppend(Bytes(100), out _);
                if (_random.Next(2) == 0)
                    _content.TrySetLength(_random.Next(Math.Max(1, _model.Length)));
            }

            _content.Dispose();
            _content = StagedContent.Restore(_rig.Area, row, BaseOf(row.BaseStaged));
            Assert.That(_content.HasUnsynced, Is.False);
            return lost ? "restore, later changes lost" : "restore";
        }

        private string Overlay()
        {
            _content.Freeze();
            Assert.That(_content.TryWrite(0, Bytes(1)), Is.False);
            _below.Add(_content);
            _content = _rig.Over(new StagedBase(_content));
            _model.LayBelow();
            return $"overlay {_below.Count}";
        }

        // The oldest content on its way arrives, and the one above it continues over what is then remote.
        private async Task<string> SendAsync()
        {
            if (_below.Count == 0)
                return "nothing to send";
            var sent = _below[0];
            await OnlineAsync(async () =>
            {
                await sent.CompleteAsync(CancellationToken.None);
                return 0;
            });
            _remote = await File.ReadAllBytesAsync(sent.Path);
            Assert.That(_remote, Has.Length.EqualTo(sent.Length));
            Assert.That(await sent.HashAsync(CancellationToken.None), Is.EqualTo(StagingRig.Md5Of(_remote)));
            _below.RemoveAt(0);
            (_below.Count > 0 ? _below[0] : _content).Rebase(Unreliable(_remote));
            sent.Dispose();
            _rig.Area.Delete(sent.Number);
            return $"send {sent.Number}";
        }

        private string Clone()
        {
            if (_below.Count > 0)
                return "no clone";
            _content.Dispose();
            _content = _rig.Empty();
            var to = 0;
            for (var pieces = _random.Next(4); pieces > 0 && to < _remote.Length; pieces--)
            {
                var length = _random.Next(1, _remote.Length - to + 1);
                Assert.That(_content.TryClone(Unreliable(_remote), to, to, length), Is.True);
                to += length;
            }

            _model = new ContentModel(Largest, _remote.AsSpan(0, to));
            Assert.That(_content.SameAsBase is not null, Is.EqualTo(to > 0 && to == _remote.Length));
            return $"clone {to}";
        }

        private string Seek()
        {
            var (offset, target) = (_random.Next(Largest), (SeekTarget)_random.Next(2));
            long? found = null;
            try
            {
                found = _content.Seek(offset, target);
            }
            catch (FsException failure) when (failure.Error == FsError.NoData)
            {
            }

            Assert.That(found, Is.EqualTo(_model.Seek(offset, target)), $"{target} from {offset}: {_content.Describe()}");
            return "seek";
        }

        private BaseContent? BaseOf(long? staged) =>
            staged is null ? Unreliable(_remote) : new StagedBase(_below.Find(content => content.Number == staged)!);

        // Some wait, and some of their reads fail.
        private BytesBase Unreliable(byte[] bytes)
        {
            if (_random.Next(3) == 0)
                return new BytesBase(bytes);
            var reads = 0;
            return new BytesBase(bytes)
            {
                OnRead = async (_, _) =>
                {
                    await Task.Yield();
                    if (Interlocked.Increment(ref reads) % 37 == 0)
                        throw BytesBase.Offline();
                },
            };
        }

        private byte[] Bytes(int count)
        {
            var bytes = new byte[count];
            _random.NextBytes(bytes);
            return bytes;
        }

        private static async Task<int> OnlineAsync(Func<ValueTask<int>> read)
        {
            while (true)
            {
                try
                {
                    return await read();
                }
                catch (FsException failure) when (failure.Error == FsError.Offline)
                {
                }
            }
        }
    }
}

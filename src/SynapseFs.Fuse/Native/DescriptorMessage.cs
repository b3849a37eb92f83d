using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Native;

/// <summary>struct cmsghdr followed by one descriptor: what SCM_RIGHTS carries.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct DescriptorMessage
{
    public nuint Length { get; set; }

    public int Level { get; set; }

    public int Type { get; set; }

    public int Descriptor { get; set; }

    public int Padding { get; set; }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>
/// 32 lanes. Those at the same place form a <see cref="Split"/>; the one that is behind in the code runs first, so that
/// lanes which parted meet again at the earliest place (blocks are ordered for it by the decoder). Lanes that wait let
/// the others of their warp go on, as since sm_70.
/// </summary>
internal sealed unsafe class Warp : IDisposable
{
    private const int MaximumDepth = 4096;

    /// <summary>Turns that the lanes which are behind may use up before those ahead of them get one.</summary>
    private const int PatientTurns = 8;

    private readonly List<Split> _splits = [];
    private readonly FramePool _frames = new();
    private readonly ulong* _addresses = (ulong*)NativeMemory.AlignedAlloc(Lanes.Count * sizeof(ulong), 64);
    private readonly SpinDetector _spin;
    private Split _current;
    private bool _waits;
    private bool _yields;
    private int _turns;
    private int _turnSplits;

    public Warp(Block block, int index)
    {
        Block = block;
        Index = index;
        Scratch = (ulong*)NativeMemory.AlignedAlloc(Lanes.Count * sizeof(ulong), 64);
        _spin = new SpinDetector(this);
        _current = null!;
        Activation = null!;
    }

    /// <summary>The block that it belongs to.</summary>
    public Block Block { get; }

    /// <summary>Its number within the block.</summary>
    public int Index { get; }

    /// <summary>Registers of the running activation.</summary>
    public byte* Frame;

    /// <summary>Index of the next instruction.</summary>
    public int Pc;

    /// <summary>Lanes that run now.</summary>
    public uint Active;

    /// <summary>The inner loop ends where the next instruction is not below it.</summary>
    public int Limit;

    public Activation Activation { get; private set; }

    /// <summary>32 words for an instruction's own use.</summary>
    public ulong* Scratch { get; }

    /// <summary>Lanes that there are at all: the last warp of a block may have fewer.</summary>
    public uint Existing { get; private set; }

    /// <summary>Lanes that have not left the kernel.</summary>
    public uint Live { get; private set; }

    /// <summary>Local memory of all lanes.</summary>
    public byte* Local { get; private set; }

    /// <summary>Bytes of local memory per lane.</summary>
    public int LocalStride { get; private set; }

    public IReadOnlyList<Split> Splits => _splits;

    /// <summary>This turn has done something that another warp could notice, or has read a clock.</summary>
    public bool HasEffect { get; set; }

    /// <summary>What decides, apart from the splits themselves, which of them goes first.</summary>
    public int SplitOrderState => _turns <= PatientTurns ? _turns : PatientTurns + 1 + (_turns % 2);

    /// <summary>Instructions executed by lanes whose guard was true.</summary>
    public long LaneInstructions { get; private set; }

    /// <summary>Some lanes could go on.</summary>
    public bool IsRunnable => _splits.Exists(static split => split.Wait == WaitKind.None);

    /// <summary>Begins a block.</summary>
    public void Start(FunctionCode code, uint existing, int localStride)
    {
        if (localStride > LocalStride)
        {
            NativeMemory.AlignedFree(Local);
            Local = (byte*)NativeMemory.AlignedAlloc((nuint)localStride * Lanes.Count, 64);
            LocalStride = localStride;
        }
        _frames.Reset();
        _spin.Start();
        _splits.Clear();
        Existing = existing;
        Live = existing;
        Activation = new Activation(code, _frames.Take(code), null, -1) { Lanes = existing, LocalBase = 0 };
        FrameFiller.Fill(Activation, this);
        _current = new Split { Activation = Activation, Mask = existing, Pc = 0 };
        _splits.Add(_current);
    }

    /// <summary>Runs until all lanes have left or wait, or the number of instructions is used up.</summary>
    public void Run(BlockWatcher? watcher, int budget)
    {
        _yields = false;
        HasEffect = false;
        _turns = _turnSplits == _splits.Count ? _turns + 1 : 0;
        _turnSplits = _splits.Count;
        while (budget > 0 && !_yields && Pick())
        {
            budget = watcher is null ? RunPlain(budget) : RunWatched(watcher, budget);
            _current.Pc = Pc;
            _current.Mask = Active;
            if (Active == 0)
                _splits.Remove(_current);
        }
        if (budget > 0)
            _turns = 0;
        LaunchProgress progress = Block.Launch.Progress;
        if (HasEffect)
            progress.Note();
        _spin.OnTurn(progress.Effects);
    }

    /// <summary>It goes round in circles, and nothing had an effect since <paramref name="effects"/>.</summary>
    public bool IsSpinning(long effects) => _spin.Repeats(effects);

    /// <summary>Of a warp that goes round in circles: where it reads what does not change, or else where it branches.</summary>
    public Instruction FindSpin(int budget)
    {
        Instruction? last = null;
        for (; budget > 0 && Pick(); budget--)
        {
            Instruction next = Activation.Function.Code[Pc];
            if (next is MemoryInstruction && (next.Guard < 0 || ((*(uint*)(Frame + next.Guard) ^ next.GuardFlip) & Active) != 0))
                return next;
            last = next.IsInternal ? last : next;
            RunPlain(1);
            _current.Pc = Pc;
            _current.Mask = Active;
        }

        return last!;
    }

    /// <summary>The lanes of the mask go to the target, the others on.</summary>
    public void Branch(uint mask, int target)
    {
        if (mask == Active)
        {
            Pc = target;
            return;
        }
        Fork(mask, target);
    }

    /// <summary>The lanes of the mask, fewer than run now, part from the others.</summary>
    public void Fork(uint mask, int target)
    {
        Active &= ~mask;
        _splits.Add(new Split { Activation = Activation, Mask = mask, Pc = target });
        Limit = 0;
    }

    public void Call(CallInstruction call, FunctionCode function, uint mask)
    {
        if (Activation.Depth >= MaximumDepth)
        {
            string what = $"{MaximumDepth} nested calls; end the recursion";
            throw new EmulatorFault(call.Finding(FindingKinds.StackOverflow, what));
        }
        if (mask != Active)
            Fork(Active & ~mask, Pc);
        int localBase = Activation.LocalBase + Activation.Function.LocalBytes;
        if (localBase + function.LocalBytes > LocalStride)
        {
            string what = $"{LocalStride} bytes of local memory are used up";
            throw new EmulatorFault(call.Finding(FindingKinds.StackOverflow, what));
        }
        Activation callee = new(function, _frames.Take(function), Activation, call.Index)
        {
            Lanes = mask,
            LocalBase = localBase,
        };
        FrameFiller.Fill(callee, this);
        call.PassArguments(Frame, callee, mask);
        Enter(callee, 0);
    }

    /// <summary>The lanes of the mask go back to their caller, or leave.</summary>
    public void Return(uint mask)
    {
        Activation callee = Activation;
        Activation? caller = callee.Caller;
        if (caller is null)
        {
            Exit(mask);
            return;
        }
        ((CallInstruction)caller.Function.Code[callee.CallIndex]).TakeResults(caller.Frame, callee, mask);
        if (mask != Active)
            Fork(Active & ~mask, Pc);
        Leave(callee, mask);
        Enter(caller, callee.CallIndex + 1);
    }

    /// <summary>The lanes of the mask leave the kernel.</summary>
    public void Exit(uint mask)
    {
        HasEffect = true;
        Active &= ~mask;
        Live &= ~mask;
        for (Activation? activation = Activation; activation is not null; activation = activation.Caller)
            Leave(activation, mask);
        Limit = 0;
        WakeWaitingSplits();
        Block.OnExit();
    }

    /// <summary>
    /// The lanes of the mask wait at the instruction, which is executed again when others have joined them or have
    /// left.
    /// </summary>
    public void WaitFor(WaitKind kind, Instruction instruction, uint mask, uint members)
    {
        if (mask != Active)
            Fork(Active & ~mask, Pc);
        Active = mask;
        Pc--;
        SetWait(kind, instruction, members);
    }

    /// <summary>The lanes of the mask wait for a barrier of the block; they go on behind the instruction.</summary>
    public Split WaitForBarrier(Instruction instruction, uint mask)
    {
        if (mask != Active)
            Fork(Active & ~mask, Pc);
        Active = mask;
        SetWait(WaitKind.Barrier, instruction, 0);
        _waits = false;
        return _current;
    }

    /// <summary>The other warps of the block get their turn before this one goes on.</summary>
    public void Yield()
    {
        _yields = true;
        Limit = 0;
    }

    /// <summary>
    /// Lets go the lanes that wait with the same members at another instruction of the kind: they have all met.
    /// </summary>
    public void ReleaseMembers(uint members)
    {
        foreach (Split split in _splits)
        {
            if (split.Wait != WaitKind.Warp || split.Members != members || split == _current)
                continue;
            split.Wait = WaitKind.None;
            split.Pc++;
        }
        Limit = 0;
    }

    /// <summary>Lanes that wait at an instruction with these members, this one's lanes not counted.</summary>
    public uint WaitingMembers(uint members)
    {
        uint lanes = 0;
        foreach (Split split in _splits)
        {
            if (split.Wait == WaitKind.Warp && split.Members == members && split != _current
                && split.WaitsAt is WarpBarrierInstruction)
                lanes |= split.Mask;
        }
        return lanes;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Local);
        NativeMemory.AlignedFree(Scratch);
        NativeMemory.AlignedFree(_addresses);
        _frames.Dispose();
    }

    private void SetWait(WaitKind kind, Instruction instruction, uint members)
    {
        _current.Wait = kind;
        _current.WaitsAt = instruction;
        _current.Members = members;
        _waits = true;
        Limit = 0;
    }

    private void WakeWaitingSplits()
    {
        foreach (Split split in _splits)
        {
            if (split.Wait is WaitKind.Warp or WaitKind.Aligned)
                split.Wait = WaitKind.None;
        }
    }

    private void Enter(Activation activation, int pc)
    {
        Activation = activation;
        _current.Activation = activation;
        Frame = activation.Frame;
        Pc = pc;
        Limit = 0;
    }

    private void Leave(Activation activation, uint mask)
    {
        activation.Lanes &= ~mask;
        if (activation.Lanes == 0 && activation.Caller is not null)
            _frames.Give(activation.Function, activation.Frame);
    }

    /// <summary>Joins splits that have met and takes the one that is behind; false when all wait or have left.</summary>
    private bool Pick()
    {
        if (_splits.Count > 1)
            SplitOrder.Merge(_splits);
        // Lanes that wait in a loop for others of their warp are behind them: turn the order round now and then.
        bool reversed = _turns > PatientTurns && _turns % 2 == 1;
        if (SplitOrder.First(_splits, reversed) is not Split first)
            return false;
        _current = first;
        Activation = first.Activation;
        Frame = Activation.Frame;
        Pc = first.Pc;
        Active = first.Mask;
        Limit = _splits.Count == 1 ? int.MaxValue : SplitOrder.LimitOf(first, _splits);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int RunPlain(int budget)
    {
        Instruction[] code = Activation.Function.Code;
        long lanes = 0;
        while (Pc < Limit && budget > 0)
        {
            Instruction instruction = code[Pc++];
            uint mask = Active;
            if (instruction.Guard >= 0)
            {
                mask &= *(uint*)(Frame + instruction.Guard) ^ instruction.GuardFlip;
                if (mask == 0)
                    continue;
            }
            lanes += uint.PopCount(mask);
            instruction.Execute(this, mask);
            budget--;
        }
        LaneInstructions += lanes;
        return budget;
    }

    private int RunWatched(BlockWatcher watcher, int budget)
    {
        Instruction[] code = Activation.Function.Code;
        for (; Pc < Limit && budget > 0; budget--)
        {
            Instruction instruction = code[Pc++];
            Activation activation = Activation;
            uint active = Active;
            uint mask = active;
            if (instruction.Guard >= 0)
                mask &= *(uint*)(Frame + instruction.Guard) ^ instruction.GuardFlip;
            MemoryInstruction? memory = mask == 0 ? null : instruction as MemoryInstruction;
            memory?.Addresses(Frame, _addresses);
            _waits = false;
            if (mask != 0)
                instruction.Execute(this, mask);
            if (_waits)
                continue;
            if (memory is not null)
            {
                watcher.OnAccess(new MemoryAccess
                {
                    Warp = this,
                    Instruction = memory,
                    Mask = mask,
                    Addresses = _addresses,
                });
            }
            watcher.OnInstruction(this, activation, instruction, active, mask);
        }
        return budget;
    }
}
